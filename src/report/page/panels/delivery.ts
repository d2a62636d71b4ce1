import type { Asking, DashboardContext } from '../dashboard.js';
import { el } from '../dom.js';
import { fieldTable, fieldTitle } from '../fields.js';
import { type Figure, figureTiles } from '../figure-tiles.js';
import { AS_KNOWN_AT } from '../filters.js';
import { reportPanel } from '../report-panel.js';

/** Share of late events from which on they were not sent as they happened. */
const MOST_LATE = 0.9;

/** What became of the events that browsers numbered: lost, refused, late, doubled, by browser. */
export function deliveryPanel(context: DashboardContext): Asking {
  const { panels } = context.speech.words.people;
  return reportPanel(context, {
    ...{ id: 'delivery', report: 'delivery', compare: true },
    ...panels.delivery,
    // What got lost is known only now.
    parameters: () => ({ by: 'browser', [AS_KNOWN_AT]: undefined }),
    render: (speech, { rows, totals }, before) => {
      if (totals.tracked === 0) return el('p', { class: 'state' }, speech.words.people.noNumber);
      const figure = (field: keyof typeof totals & string, note?: string): Figure => {
        const value = totals[field];
        const was = before?.totals[field];
        return {
          field,
          title: fieldTitle(speech, field),
          value: typeof value === 'number' ? value : null,
          ...(note && { note }),
          ...(typeof was === 'number' && { before: was }),
        };
      };
      const { people } = speech.words;
      const why = Object.entries(totals.reasons).map(([code, count]) =>
        people.told(people.reasons[code] ?? code, speech.integer(count)),
      );
      const figures = [
        figure('lossRate', speech.words.people.told(fieldTitle(speech, 'lost'), speech.integer(totals.lost))),
        figure('tracked'),
        figure('refused', why.join(', ')),
        figure('late'),
        figure('duplicates'),
      ];
      const fields = [
        'browser',
        'pageLoads',
        'tracked',
        'received',
        'lost',
        'lossRate',
        'refused',
        'late',
        'duplicates',
      ];
      const table = fieldTable(speech, rows, {
        ...{ caption: panels.delivery.title, fields, sortedBy: 'tracked' },
        before: { rows: before?.rows, name: ['browser'], fields: fields.slice(1) },
      });
      const isLate = totals.late > MOST_LATE * totals.received;
      const remarks = [isLate && people.imported, context.filters().segment && people.everybody];
      return el(
        'div',
        {},
        figureTiles(speech, figures),
        ...remarks.flatMap((text) => (text ? [el('p', { class: 'note' }, text)] : [])),
        table,
      );
    },
  });
}
