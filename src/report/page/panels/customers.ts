import type { Asking, DashboardContext, Round } from '../dashboard.js';
import { el } from '../dom.js';
import { fieldTable, fieldTitle, showField } from '../fields.js';
import { figureTiles } from '../figure-tiles.js';
import { type Filters, monthsBefore } from '../filters.js';
import { heatTable } from '../heat-table.js';
import { choice } from '../panel.js';
import { reportPanel } from '../report-panel.js';

/** Revenue net of refunds, by place of purchase. */
export function salesPanel(context: DashboardContext): Asking {
  const { panels } = context.speech.words.people;
  return reportPanel(context, {
    ...{ id: 'sales', report: 'sales', compare: true },
    ...panels.sales,
    parameters: () => ({ by: 'place' }),
    render: (speech, { rows, totals }, before) => {
      const fields = ['revenue', 'refunds', 'orders', 'averageOrderValue', 'purchaseFrequency', 'returnRate'] as const;
      const figures = fields.map((field) => ({
        ...{ field, title: fieldTitle(speech, field), value: totals[field] },
        ...(before && { before: before.totals[field] }),
      }));
      const several = new Set(rows.map(({ currency }) => currency)).size > 1;
      const shown = [
        'place',
        ...(several ? ['currency'] : []),
        'orders',
        'revenue',
        'shareOfRevenue',
        'refunds',
        'averageOrderValue',
        'returnRate',
      ];
      // Each row of several says its currency; a sign for all would be wrong.
      const table = fieldTable(several ? speech.inCurrency(null) : speech, rows, {
        caption: panels.sales.title,
        ...{ fields: shown, figures: fields, bars: ['revenue'], sortedBy: 'revenue' },
        before: {
          rows: before?.rows,
          name: ['place', 'currency'],
          fields: ['orders', 'revenue', 'shareOfRevenue', 'refunds', 'averageOrderValue', 'returnRate'],
        },
      });
      return el('div', {}, figureTiles(speech, figures), table);
    },
  });
}

/** Loyalty and lifetime value. */
export function customersPanel(context: DashboardContext): Asking {
  const { panels } = context.speech.words.people;
  return reportPanel(context, {
    ...{ id: 'customers', report: 'customers', compare: true },
    ...panels.customers,
    parameters: () => ({ by: 'channel' }),
    render: (speech, { rows, totals }, before) => {
      const fields = [
        'customers',
        'newCustomers',
        'loyaltyRate',
        'purchaseFrequency',
        'lifetimeValue',
        'medianRelationshipDays',
      ] as const;
      const interval = totals.lifetimeValueInterval;
      const figures = fields.map((field) => ({
        ...{ field, title: fieldTitle(speech, field), value: totals[field] },
        ...(before && { before: before.totals[field] }),
        ...(field === 'lifetimeValue' && interval && { note: showField(speech, 'lifetimeValueInterval', interval) }),
      }));
      const shown = [
        'channel',
        'customers',
        'newCustomers',
        'loyaltyRate',
        'lifetimeValue',
        'lifetimeValueInterval',
        'medianLifetimeValue',
        'censored',
      ];
      const table = fieldTable(speech, rows, {
        caption: panels.customers.title,
        ...{ fields: shown, figures: fields, bars: ['lifetimeValue'], sortedBy: 'customers' },
        before: {
          rows: before?.rows,
          name: ['channel'],
          fields: ['customers', 'newCustomers', 'loyaltyRate', 'lifetimeValue', 'medianLifetimeValue'],
        },
      });
      return el('div', {}, figureTiles(speech, figures), table);
    },
  });
}

/** Retention by month of the first order. */
export function cohortsPanel(context: DashboardContext): Asking {
  const { panels, stillOpen } = context.speech.words.people;
  return reportPanel(context, {
    ...{ id: 'cohorts', report: 'cohorts' },
    ...panels.cohorts,
    parameters: (filters) => ({ from: monthsBefore(filters.to, 11), bucket: 'month' }),
    render: (speech, { rows }) => {
      if (rows.length === 0) return el('p', { class: 'state' }, speech.words.people.noNumber);
      const names = [...new Set(rows.map(({ cohort }) => cohort))];
      const longest = Math.max(...rows.map(({ period }) => period));
      const cells = new Map(rows.map((row) => [`${row.cohort} ${row.period}`, row]));
      // The first column is everybody by definition: coloured, it would drown what there is to see.
      const most = Math.max(...rows.map(({ period, retention }) => (period === 0 ? 0 : (retention ?? 0)))) || 1;
      return heatTable({
        caption: panels.cohorts.title,
        corner: fieldTitle(speech, 'customers'),
        columns: Array.from({ length: longest + 1 }, (_, period) => speech.words.people.cohortMonth(period)),
        rows: names.map((cohort) => ({
          title: `${speech.month(cohort)} · ${speech.integer(cells.get(`${cohort} 0`)?.size ?? 0)}`,
          cells: Array.from({ length: longest + 1 }, (_, period) => {
            const row = cells.get(`${cohort} ${period}`);
            if (!row || row.retention === null) return undefined;
            const text = speech.percent(row.retention);
            const heat = period === 0 ? 0 : row.retention / most;
            return row.complete ? { text, heat } : { text: `${text} …`, heat: heat / 2, hint: stillOpen };
          }),
        })),
      });
    },
  });
}

/** Later value by combination of channels met early. */
export function combinationsPanel(context: DashboardContext): Asking {
  const { panels } = context.speech.words.people;
  const money = ['mean', 'median'];
  const { people } = context.speech.words;
  let window = 90;
  let again = () => {};
  const spans = [90, 30].map((value) => ({ value, text: people.spans(value, 2 * value) }));
  const fields = ['customers', 'mean', 'interval', 'median', 'uplift', 'adjustedMean', 'adjustedUplift'];
  const made = reportPanel(context, {
    ...{ id: 'combinations', report: 'combinations' },
    ...panels.combinations,
    parameters: ({ to }: Filters) => ({ from: monthsBefore(to, 24), limit: 12, window, follow: 2 * window }),
    controls: [
      choice<number>(people.span, spans, window, (chosen) => {
        window = chosen;
        again();
      }),
    ],
    render: (speech, { rows, summary, totals }) => {
      const { few } = speech.words.people;
      const options = { money, caption: panels.combinations.title };
      if (totals.customers === 0) return el('p', { class: 'state' }, speech.words.people.noNumber);
      return el(
        'div',
        {},
        fieldTable(speech, summary, { ...options, fields: ['channels', ...fields] }),
        fieldTable(speech, rows, { ...options, fields: ['combination', ...fields], sortedBy: 'customers' }),
        totals.customers < 100 ? el('p', { class: 'note' }, few(totals.customers)) : null,
      );
    },
  });
  let latest: Round | undefined;
  again = () => latest && made.ask(latest);
  return {
    root: made.root,
    ask: (round) => {
      latest = round;
      made.ask(round);
    },
  };
}
