import { DAY_MS } from '../protocol/time.js';
import { roundTo } from './apportion.js';
import { type Lookbacks, readLookbacks } from './attribution/lookbacks.js';
import { type PathShape, shapeAsked } from './attribution/path-shape.js';
import { labelledPaths, type Path } from './attribution/paths.js';
import { badQuery } from './bad-query.js';
import { chooseCurrency, countCurrencies, readCurrency } from './currency.js';
import { DIMENSIONS, type Dimension } from './labels.js';
import { type CommonQuery, oneOf, type ReportContext, type ReportHead, readCommon, readLookback } from './query.js';
import { createSankey, type Sankey } from './sankey.js';

/** `by`: default `channel`. */
export interface JourneysQuery extends CommonQuery, Omit<PathShape, 'collapse'> {
  by?: Dimension | undefined;
  /** ISO code: amounts of this currency; default the owner's, else that of most conversions. */
  currency?: string | undefined;
  /** Days before a conversion in which touches count; default 30. */
  lookbackDays?: number | undefined;
  /** Other days for single kinds of touches; views count only where it says so. */
  lookbacks?: Lookbacks | undefined;
  /** How many paths to list, the most frequent first; default 50. Totals and the Sankey are of all paths. */
  limit?: number | undefined;
  /** Name one conversion of each path, for whoever wants to look at one. Not possible with a segment or `cut`. */
  examples?: boolean | undefined;
}

/** What holds for a set of journeys. */
export interface JourneyFigures {
  conversions: number;
  revenue: number;
  /** Median time from the first touch to the conversion, in days; null without conversions. */
  medianDays: number | null;
  /** Touches per conversion, repeats included; null without conversions. */
  averageTouches: number | null;
}

/** One way to the goal: its labels in order, consecutive repeats taken as one. */
export interface JourneyRow extends JourneyFigures {
  path: string[];
  /** Only where it was asked for: order number, else message id, of the latest conversion that came this way. */
  example?: string;
}

/** The answer. */
export interface JourneysReport extends ReportHead, Omit<PathShape, 'collapse'> {
  report: 'journeys';
  by: Dimension;
  lookbackDays: number;
  /** Of all amounts; null where none names one. Conversions in other currencies count, their amounts do not. */
  currency: string | null;
  rows: JourneyRow[];
  /** `paths` counts the distinct ones, listed or not. */
  totals: JourneyFigures & { paths: number };
  sankey: Sankey;
  /** The same flow by first and last touch alone, for narrow screens. */
  ends: Sankey;
  notices: string[];
}

/** The ways that led to the goal, most frequent first, and how they flow together. */
export async function reportJourneys(context: ReportContext, query: JourneysQuery = {}): Promise<JourneysReport> {
  const by = oneOf('by', query.by, DIMENSIONS);
  const lookbackDays = readLookback(query.lookbackDays);
  const lookbacks = readLookbacks(lookbackDays, query.lookbacks);
  const limit = query.limit ?? 50;
  if (!Number.isInteger(limit) || limit < 1) throw badQuery('limit', limit, 'a whole number from 1');
  const head = readCommon(query, context);
  const shape = shapeAsked({ dropDirect: query.dropDirect, cut: query.cut });
  const choice = readCurrency(query.currency, context.currency);
  const all = gather([]);
  const ways = new Map<string, Gathered>();
  const { add: see, seen } = countCurrencies();
  for await (const path of labelledPaths(context, { head, by, lookbacks, shape, segment: query.segment })) {
    const steps = path.touches.map(({ label }) => label).filter((label, i, labels) => label !== labels[i - 1]);
    const key = JSON.stringify(steps);
    let way = ways.get(key);
    if (!way) ways.set(key, (way = gather(steps)));
    add(way, path);
    add(all, path);
    if (path.currency || path.value) see(path.currency);
  }
  const { currency, counts, notices } = chooseCurrency(seen, choice);
  const rows = [...ways.values()]
    .map((way) => ({ path: way.path, ...figures(way, counts), ...exampleOf(way, query) }))
    .sort(order);
  return {
    report: 'journeys',
    by,
    lookbackDays,
    ...shape,
    ...head,
    currency,
    rows: rows.slice(0, limit),
    totals: { ...figures(all, counts), paths: ways.size },
    sankey: createSankey(rows),
    ends: createSankey(rows, 'ends'),
    notices,
  };
}

interface Gathered {
  path: string[];
  latest?: { at: number; id: string };
  /** By currency. */
  revenue: Map<string, number>;
  touches: number;
  days: number[];
}

function gather(path: string[]): Gathered {
  return { path, revenue: new Map(), touches: 0, days: [] };
}

function add(way: Gathered, path: Path): void {
  const { currency = '' } = path;
  way.revenue.set(currency, (way.revenue.get(currency) ?? 0) + path.value);
  way.touches += path.touches.length;
  if (path.id !== undefined && path.convertedAt >= (way.latest?.at ?? 0))
    way.latest = { at: path.convertedAt, id: path.id };
  way.days.push((path.convertedAt - (path.touches[0]?.at ?? path.convertedAt)) / DAY_MS);
}

function exampleOf({ latest }: Gathered, { examples }: JourneysQuery): { example?: string } {
  return examples && latest ? { example: latest.id } : {};
}

function figures({ revenue, touches, days }: Gathered, counts: (currency: string) => boolean): JourneyFigures {
  const conversions = days.length;
  const paid = [...revenue].reduce((sum, [currency, amount]) => (counts(currency) ? sum + amount : sum), 0);
  return {
    conversions,
    revenue: roundTo(paid, 2),
    medianDays: median(days),
    averageTouches: conversions === 0 ? null : touches / conversions,
  };
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

function order(a: JourneyRow, b: JourneyRow): number {
  if (a.conversions !== b.conversions) return b.conversions - a.conversions;
  if (a.revenue !== b.revenue) return b.revenue - a.revenue;
  return a.path.join() < b.path.join() ? -1 : 1;
}
