import type { Asking, DashboardContext } from '../dashboard.js';
import { el } from '../dom.js';
import { fieldTable, fieldTitle } from '../fields.js';
import { figureTiles } from '../figure-tiles.js';
import { reportPanel } from '../report-panel.js';

/** Predicted lifetime value, with what the same forecast was worth before. */
export function lifetimePanel(context: DashboardContext): Asking {
  const { panels } = context.speech.words.people;
  return reportPanel(context, {
    ...{ id: 'lifetime', report: 'lifetime', compare: true },
    ...panels.lifetime,
    parameters: () => ({ by: 'channel' }),
    render: (speech, { rows, totals, check }, before) => {
      const fields = ['customers', 'expectedActive', 'expectedOrders', 'expectedRevenue', 'predictedValue'] as const;
      const figures = fields.map((field) => ({
        ...{ field, title: fieldTitle(speech, field), value: totals[field] },
        ...(before && { before: before.totals[field] }),
      }));
      if (totals.predictedValue === null) return el('p', { class: 'state' }, speech.words.people.noNumber);
      const shown = ['channel', ...fields.filter((field) => field !== 'expectedActive'), 'expectedOrderValue'];
      const table = fieldTable(speech, rows, {
        caption: panels.lifetime.title,
        ...{ fields: shown, figures: fields, bars: ['predictedValue'], sortedBy: 'customers' },
        // There may have been too few customers for a forecast.
        before: {
          rows: before?.totals.predictedValue == null ? undefined : before.rows,
          name: ['channel'],
          fields: shown.slice(1),
        },
      });
      const { integer, words } = speech;
      const told = check && words.people.check(integer(check.expectedOrders), integer(check.orders));
      return el('div', {}, figureTiles(speech, figures), table, told ? el('p', { class: 'note' }, told) : null);
    },
  });
}
