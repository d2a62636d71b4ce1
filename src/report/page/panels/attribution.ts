import type { AttributionReport, AttributionRow } from '../../attribution/attribution.js';
import { MODEL_NAMES } from '../../models/one-journey.js';
import { legend } from '../charts.js';
import { rowsBefore } from '../compare.js';
import { el } from '../dom.js';
import { definitionList } from '../fields.js';
import type { Speech } from '../language.js';
import { listed } from '../listed.js';
import { colourOf, MODEL_COLOURS } from '../palette.js';
import { type Column, swatch, table, was, wasNote } from '../table.js';
import { type CreditReader, creditChart } from './credit-chart.js';

/** What the models divide. */
export type CreditMetric = 'conversions' | 'revenue';

/** The models side by side: bars for the labels with the most credit, and a table. */
export function attribution(
  speech: Speech,
  report: AttributionReport,
  { metric, before }: { metric: CreditMetric; before: AttributionReport | undefined },
): Node {
  const { words } = speech;
  if (report.totals.conversions === 0) return el('p', { class: 'state' }, words.states.nothing);
  const reader: CreditReader = {
    name: (row) => row[report.by] ?? '',
    title: (row) => speech.label(row[report.by] ?? '', report.by),
    credit: (row, model) => row.models?.[model]?.[metric] ?? 0,
    show: (amount) => (metric === 'revenue' ? speech.money(amount) : speech.decimal(amount)),
  };
  const { rows, note } = listed(speech, report.rows);
  const total = reader.show(report.totals[metric]);
  return el(
    'div',
    {},
    creditChart(speech, report.rows, reader, words.attribution.summary(words.metrics[metric])),
    legend(MODEL_NAMES.map((model) => ({ colour: MODEL_COLOURS[model] ?? '', label: words.models[model] }))),
    table(columnsOf(speech, report, before, reader), rows, {
      caption: words.attribution.title,
      even: true,
      sortedBy: 1 + MODEL_NAMES.indexOf('linear'),
      total: [words.attribution.total, ...MODEL_NAMES.map(() => total)],
    }),
    note,
    before?.totals.conversions ? wasNote(speech) : null,
    definitionList(
      words,
      MODEL_NAMES.map((model) => [words.models[model], words.modelsTold[model] ?? '']),
    ),
  );
}

function columnsOf(
  speech: Speech,
  { rows, by }: AttributionReport,
  before: AttributionReport | undefined,
  { name, title, credit, show }: CreditReader,
): Column<AttributionRow>[] {
  const { words } = speech;
  const then = rowsBefore(before?.rows, name);
  const most = Math.max(...rows.flatMap((row) => MODEL_NAMES.map((model) => credit(row, model)))) || 1;
  return [
    {
      title: words.dimensions[by],
      value: title,
      show: (row) => (by === 'channel' ? swatch(title(row), colourOf(name(row))) : title(row)),
    },
    ...MODEL_NAMES.map((model) => ({
      title: words.models[model],
      number: true,
      value: (row: AttributionRow) => credit(row, model),
      show: (row: AttributionRow) => show(credit(row, model)),
      ...(before?.totals.conversions && {
        before: (row: AttributionRow) => was(speech, show(credit(then(row) ?? {}, model))),
      }),
      bar: (row: AttributionRow) => credit(row, model) / most,
      colour: () => MODEL_COLOURS[model] ?? '',
    })),
  ];
}
