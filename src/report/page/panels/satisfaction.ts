import type { Asking, DashboardContext } from '../dashboard.js';
import { el } from '../dom.js';
import { fieldTable, fieldTitle, showField } from '../fields.js';
import { type Figure, figureTiles } from '../figure-tiles.js';
import { emptyNote } from '../panel.js';
import { reportPanel } from '../report-panel.js';

/** NPS and CSAT by channel, with intervals and numbers of answers. */
export function satisfactionPanel(context: DashboardContext): Asking {
  const { panels } = context.speech.words.people;
  return reportPanel(context, {
    ...{ id: 'satisfaction', report: 'satisfaction', compare: true },
    ...panels.satisfaction,
    render: (speech, { rows, totals }, before) => {
      if (rows.length === 0) return emptyNote(speech, 'satisfaction');
      const figures = (['nps', 'csat'] as const).flatMap((kind): Figure[] => {
        const found = totals[kind];
        if (!found) return [];
        const field = kind === 'nps' ? 'nps' : 'satisfied';
        const interval = showField(speech, `${field}Interval`, found[`${field}Interval`]);
        const note = `${interval} · ${speech.words.people.told(fieldTitle(speech, 'n'), speech.integer(found.n))}`;
        const was = before?.totals[kind];
        return [
          { field, title: fieldTitle(speech, field), value: found[field], note, ...(was && { before: was[field] }) },
        ];
      });
      const fields = [
        'channel',
        'kind',
        'n',
        'nps',
        'npsInterval',
        'satisfied',
        'satisfiedInterval',
        'mean',
        'warning',
      ];
      const table = fieldTable(speech, rows, {
        ...{ caption: panels.satisfaction.title, fields, sortedBy: 'n' },
        before: { rows: before?.rows, name: ['channel', 'kind'], fields: ['n', 'nps', 'satisfied', 'mean'] },
      });
      return el('div', {}, figureTiles(speech, figures), table);
    },
  });
}
