import type { AttributionReport, AttributionRow } from '../attribution.js';
import { MODEL_NAMES, type ModelName } from '../models.js';
import { chart, legend, tooltip, tooltipStyle } from './charts.js';
import { rowsBefore } from './compare.js';
import { el } from './dom.js';
import type { Speech } from './language.js';
import { colourOf, MODEL_COLOURS } from './palette.js';
import { type Column, swatch, table } from './table.js';

/** What the models divide. */
export type CreditMetric = 'conversions' | 'revenue';

/** Labels that have a group of bars; the table has all of them. */
const MOST_GROUPS = 8;

/** The models side by side: bars for the labels with the most credit, and the table of all. */
export function attribution(
  speech: Speech,
  report: AttributionReport,
  { metric, before }: { metric: CreditMetric; before: AttributionReport | undefined },
): Node {
  const { words } = speech;
  if (report.totals.conversions === 0) return el('p', { class: 'state' }, words.states.nothing);
  const name = (row: AttributionRow) => row[report.by] ?? '';
  const credit = (row: AttributionRow, model: ModelName) => row.models?.[model]?.[metric] ?? 0;
  const then = rowsBefore(before?.rows, name);
  const show = (amount: number) => (metric === 'revenue' ? speech.money(amount) : speech.decimal(amount));
  const shown = report.rows.slice(0, MOST_GROUPS);
  const drawing = chart(words.attribution.summary(words.metrics[metric]), 'models', (ink, narrow) => {
    const labels = {
      type: 'category' as const,
      data: shown.map((row) => speech.label(name(row))),
      inverse: narrow,
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      axisLabel: {
        color: ink.muted,
        interval: 0,
        width: narrow ? 96 : 104,
        overflow: 'break' as const,
        lineHeight: 14,
      },
    };
    const amounts = {
      type: 'value' as const,
      splitLine: { lineStyle: { color: ink.line } },
      axisLabel: { color: ink.muted, hideOverlap: true, formatter: (amount: number) => speech.integer(amount) },
    };
    return {
      grid: { left: 4, right: 12, top: 12, bottom: 4, containLabel: true },
      xAxis: narrow ? amounts : labels,
      yAxis: narrow ? labels : amounts,
      tooltip: {
        ...tooltipStyle(ink),
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        formatter: (points) => {
          const row = shown[Array.isArray(points) ? (points[0]?.dataIndex ?? 0) : points.dataIndex];
          if (!row) return '';
          return tooltip(
            speech.label(name(row)),
            MODEL_NAMES.map((model) => ({
              colour: MODEL_COLOURS[model] ?? '',
              label: words.models[model],
              value: show(credit(row, model)),
            })),
          );
        },
      },
      series: MODEL_NAMES.map((model) => ({
        type: 'bar',
        name: words.models[model],
        barGap: '10%',
        barCategoryGap: '28%',
        itemStyle: { color: MODEL_COLOURS[model] ?? '', borderRadius: narrow ? [0, 2, 2, 0] : [2, 2, 0, 0] },
        data: shown.map((row) => credit(row, model)),
      })),
    };
  });
  const most = Math.max(...report.rows.flatMap((row) => MODEL_NAMES.map((model) => credit(row, model)))) || 1;
  const columns: Column<AttributionRow>[] = [
    {
      title: words.dimensions[report.by],
      value: (row) => speech.label(name(row)),
      show: (row) => (report.by === 'channel' ? swatch(speech.label(name(row)), colourOf(name(row))) : name(row)),
    },
    ...MODEL_NAMES.map((model) => ({
      title: words.models[model],
      number: true,
      value: (row: AttributionRow) => credit(row, model),
      show: (row: AttributionRow) => show(credit(row, model)),
      ...(before && {
        before: (row: AttributionRow) => words.tiles.before(show(credit(then(row) ?? {}, model))),
      }),
      bar: (row: AttributionRow) => credit(row, model) / most,
      colour: () => MODEL_COLOURS[model] ?? '',
    })),
  ];
  const total = show(report.totals[metric]);
  return el(
    'div',
    {},
    drawing,
    legend(MODEL_NAMES.map((model) => ({ colour: MODEL_COLOURS[model] ?? '', label: words.models[model] }))),
    table(columns, report.rows, {
      caption: words.attribution.title,
      even: true,
      sortedBy: 1 + MODEL_NAMES.indexOf('linear'),
      total: [words.attribution.total, ...MODEL_NAMES.map(() => total)],
    }),
  );
}
