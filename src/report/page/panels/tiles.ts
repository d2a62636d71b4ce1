import type { Kpis, KpisReport } from '../../kpis.js';
import { el, svg } from '../dom.js';
import type { Speech } from '../language.js';

/** A key figure that has a name and a definition. */
export type Measure = keyof Speech['words']['tiles'] & keyof Kpis;

const MEASURES: readonly Measure[] = [
  'visitors',
  'sessions',
  'pageViews',
  'averageSessionSeconds',
  'conversions',
  'conversionRate',
  'revenue',
  'averageOrderValue',
];

/** The key figures, each with its course over the days and its change against the period before. */
export function tiles(speech: Speech, days: readonly string[], now: KpisReport, before: KpisReport | undefined): Node {
  const byDay = new Map(now.rows.map((row) => [row.day, row]));
  return el(
    'div',
    { class: 'tiles' },
    ...MEASURES.map((measure) => {
      const course = days.map((day) => byDay.get(day)?.[measure] ?? 0);
      return tile(speech, measure, { value: now.totals[measure], before: before?.totals[measure], course });
    }),
  );
}

interface Shown {
  /** Null where there is nothing to divide by. */
  value: number | null;
  /** Of the period before; undefined where none is compared. */
  before: number | null | undefined;
  /** Day by day. */
  course: readonly number[];
}

function tile(speech: Speech, measure: Measure, { value, before, course }: Shown): HTMLElement {
  const [title = '', definition = ''] = speech.words.tiles[measure];
  return el(
    'article',
    { class: 'tile', 'data-measure': measure },
    el('details', {}, el('summary', {}, el('h3', {}, title)), el('p', { class: 'about' }, definition)),
    el('p', { class: 'value' }, format(speech, measure, value)),
    before === undefined ? null : change(speech, measure, value, before),
    sparkline(course),
  );
}

function format(speech: Speech, measure: Measure, value: number | null): string {
  if (measure === 'revenue' || measure === 'averageOrderValue') return speech.money(value);
  if (measure === 'conversionRate' || measure === 'visitorConversionRate') return speech.percent(value);
  if (measure === 'averageSessionSeconds') return speech.duration(value);
  return value === null ? '–' : speech.integer(value);
}

function change(speech: Speech, measure: Measure, value: number | null, before: number | null): HTMLElement {
  const { tiles: words } = speech.words;
  const was = el('span', { class: 'before' }, words.before(format(speech, measure, before)));
  if (value === null || before === null || before === 0) {
    return el('p', { class: 'change' }, value ? el('b', {}, words.fresh) : null, was);
  }
  const ratio = value / before - 1;
  const direction = Math.abs(ratio) < 0.005 ? 'same' : ratio > 0 ? 'up' : 'down';
  const sign = { same: '=', up: '▲', down: '▼' }[direction];
  return el('p', { class: 'change' }, el('b', { class: direction }, `${sign} ${speech.percent(Math.abs(ratio))}`), was);
}

/** A line through the days; decoration, the chart below has the numbers. */
function sparkline(course: readonly number[]): SVGElement {
  const least = Math.min(...course, 0);
  const most = Math.max(...course, 0) - least || 1;
  const step = 100 / Math.max(1, course.length - 1);
  const points = course.map(
    (value, i) => `${(i * step).toFixed(2)},${(27 - ((value - least) / most) * 24).toFixed(2)}`,
  );
  const line = points.length === 1 ? `0,${points[0]?.split(',')[1]} 100,${points[0]?.split(',')[1]}` : points.join(' ');
  return svg(
    'svg',
    { class: 'spark', viewBox: '0 0 100 28', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('polygon', { points: `0,28 ${line} 100,28` }),
    svg('polyline', { points: line, 'vector-effect': 'non-scaling-stroke' }),
  );
}
