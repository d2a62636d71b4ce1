import type { AttributionRow } from '../../attribution/attribution.js';
import { MODEL_NAMES, type ModelName } from '../../models/one-journey.js';
import { type ChartOption, chart, type Ink, tooltip, tooltipStyle } from '../charts.js';
import type { Speech } from '../language.js';
import { MODEL_COLOURS } from '../palette.js';

/** Labels that have a group of bars, and letters of a name under them; the table has more. */
const MOST_GROUPS = 8;
const MOST_LETTERS = 28;

/** How the credit of a row is called, read and written. */
export interface CreditReader {
  name(row: AttributionRow): string;
  /** The name in the reader's language. */
  title(row: AttributionRow): string;
  credit(row: AttributionRow, model: ModelName): number;
  show(amount: number): string;
}

/** Bars of the models side by side, for the labels with the most credit. */
export function creditChart(
  speech: Speech,
  rows: readonly AttributionRow[],
  reader: CreditReader,
  summary: string,
): HTMLElement {
  const { title, credit, show } = reader;
  const { models } = speech.words;
  const shown = rows.slice(0, MOST_GROUPS);
  return chart(summary, 'models', (ink, narrow) => ({
    grid: { left: 4, right: 12, top: 12, bottom: 4, containLabel: true },
    ...axes(
      speech,
      shown.map((row) => shortened(title(row))),
      ink,
      narrow,
    ),
    tooltip: {
      ...tooltipStyle(ink),
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (points) => {
        const row = shown[Array.isArray(points) ? (points[0]?.dataIndex ?? 0) : points.dataIndex];
        if (!row) return '';
        const values = MODEL_NAMES.map((model) => ({
          colour: MODEL_COLOURS[model] ?? '',
          label: models[model],
          value: show(credit(row, model)),
        }));
        return tooltip(title(row), values);
      },
    },
    series: MODEL_NAMES.map((model) => ({
      type: 'bar',
      name: models[model],
      barGap: '10%',
      barCategoryGap: '28%',
      itemStyle: { color: MODEL_COLOURS[model] ?? '', borderRadius: narrow ? [0, 2, 2, 0] : [2, 2, 0, 0] },
      data: shown.map((row) => credit(row, model)),
    })),
  }));
}

/** Names below and amounts beside the bars; on a phone the bars lie, so the other way round. */
function axes(speech: Speech, names: string[], ink: Ink, narrow: boolean): Pick<ChartOption, 'xAxis' | 'yAxis'> {
  // Few conversions have ticks between whole ones.
  const tick = (amount: number) => (Number.isInteger(amount) ? speech.integer(amount) : speech.decimal(amount));
  const labels = {
    type: 'category' as const,
    data: names,
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
    axisLabel: { color: ink.muted, hideOverlap: true, formatter: tick },
  };
  return { xAxis: narrow ? amounts : labels, yAxis: narrow ? labels : amounts };
}

/** A name that fits under its bars. */
function shortened(text: string): string {
  const letters = [...text];
  if (letters.length <= MOST_LETTERS) return text;
  const kept = letters.slice(0, MOST_LETTERS - 1).join('');
  return `${kept.trimEnd()}…`;
}
