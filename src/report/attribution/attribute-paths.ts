import { roundTo } from '../apportion.js';
import { badQuery } from '../bad-query.js';
import { bootstrap, type Intervals } from '../models/bootstrap.js';
import { type Credits, settle } from '../models/credits.js';
import { checkWhole, type ModelSettings, type PathModelName, pathModel } from '../models/path-models.js';
import { type PathTable, packPaths, type Repeats, sumOf } from '../models/path-table.js';
import type { PathRow } from '../models/rows.js';

/** Settings of `attributePaths`. */
export interface AttributePathsOptions extends ModelSettings, Repeats {
  /**
   * Give intervals of conversions, value and share, from this many resampled rounds, 1 to 100,000; each takes as long as the
   * model itself. 200 will do, 1,000 for publication (Efron and Tibshirani 1993). Default: none.
   */
  bootstrap?: number | undefined;
  /** The share of rounds that lie within the intervals, between 0 and 1; default 0.95. */
  level?: number | undefined;
}

/** What a model gives one channel. */
export interface PathCredit {
  channel: string;
  conversions: number;
  value: number;
  /** Of all conversions; null when there are none. Below 0 only in the rate game, for channels that make people leave. */
  share: number | null;
  /** `markov`: the part of conversions (of value) that is lost without the channel. */
  removalEffect?: number | null;
  valueRemovalEffect?: number | null;
  /** `shapley`, where sampled: of `conversions` and `value`. */
  standardError?: number;
  valueStandardError?: number;
  /** `ordered-shapley`: conversions as the first touch, the second, …; they add up to `conversions`. */
  positions?: number[];
  /** `data-driven`: the chance to convert of people who met the channel, and Shao and Li's C(i) over all channels. */
  probability?: number | null;
  contribution?: number | null;
  interval?: Intervals;
}

/** What a model gives all channels, most conversions first; rows add up to `totals` to the last bit. */
export interface PathAttribution {
  model: PathModelName;
  rows: PathCredit[];
  totals: { paths: number; conversions: number; value: number; nulls: number };
  /** Of the model as a whole, e.g. `conversionProbability` and `transitions` of `markov`. */
  details: { readonly [figure: string]: unknown };
  /** What must be known to read the figures right, e.g. that there were no paths without conversion. */
  notices: string[];
}

/**
 * Divides conversions among channels by a model, over paths from anywhere. Attribution divides what was observed; it does
 * not say what would have happened without a channel. Throws `BadRow` and `BadQuery`.
 */
export function attributePaths(
  rows: Iterable<PathRow>,
  model: PathModelName,
  options?: AttributePathsOptions | null,
): PathAttribution {
  return attributeTable(packPaths(rows, options ?? {}), model, options ?? {});
}

/** As `attributePaths`, over packed paths. */
export function attributeTable(
  table: PathTable,
  model: PathModelName,
  options: AttributePathsOptions = {},
): PathAttribution {
  const divide = pathModel(model, options);
  const { bootstrap: rounds, level = 0.95, seed = 1 } = options;
  if (rounds !== undefined) checkWhole('bootstrap', rounds, 1, 100_000);
  if (!(level > 0 && level < 1)) throw badQuery('level', level, 'a number between 0 and 1');
  const credits = placeValue(table, divide(table));
  const intervals = rounds === undefined ? undefined : bootstrap(table, divide, { rounds, level, seed });
  const totals = {
    paths: table.size,
    conversions: credits.totals?.conversions ?? sumOf(table.conversions),
    value: credits.totals?.value ?? sumOf(table.values),
    nulls: sumOf(table.nulls),
  };
  const rows = order(table, credits);
  settleRows(rows, totals);
  return {
    model,
    rows: rows.map(({ index, ...row }) => {
      const interval = intervals?.[index];
      return { ...row, ...figuresOf(credits, index), ...(interval && { interval }) };
    }),
    totals,
    details: { ...credits.details },
    notices: [...(credits.notices ?? []), ...judgeRows(table)],
  };
}

/**
 * Value that came without any conversion says nothing about who converts, so models that look at that have no shares for
 * it. It is divided equally among touches then, for no credit is dropped.
 */
function placeValue(table: PathTable, credits: Credits): Credits {
  if (credits.totals || table.values.every((value) => value === 0) || credits.values.some((value) => value !== 0))
    return credits;
  const { values } = pathModel('linear', {})(table);
  return { ...credits, values, notices: [...(credits.notices ?? []), VALUE_ALONE] };
}

const VALUE_ALONE = 'Value came without conversions, of which the model knows no shares: it was divided as by linear.';

/** In files with a row for each journey, 0 means one without conversion; then that has to be said. */
function judgeRows({ size, conversions, values, nulls }: PathTable): string[] {
  let empty = 0;
  for (let i = 0; i < size; i++) if (!conversions[i] && !values[i] && !nulls[i]) empty += 1;
  return empty ? [`Rows that count for nothing: ${empty}. Journeys without conversion are counted by "nulls".`] : [];
}

const noShare: number | null = null;

/**
 * Rows with the index of their channel, most conversions first; ones equal but for the last bits by name, so that engines
 * agree.
 */
function order({ channels }: PathTable, { conversions, values }: Credits) {
  return channels
    .map((channel, index) => ({
      index,
      channel,
      conversions: conversions[index] ?? 0,
      value: values[index] ?? 0,
      share: noShare,
    }))
    .sort(
      (a, b) => compare(b.conversions, a.conversions) || compare(b.value, a.value) || (a.channel < b.channel ? -1 : 1),
    );
}

function compare(a: number, b: number): number {
  return roundTo(a, 9) - roundTo(b, 9);
}

/** Makes the rows add up to the totals to the last bit. */
function settleRows(rows: ReturnType<typeof order>, totals: { conversions: number; value: number }): void {
  const conversions = rows.map((row) => row.conversions);
  const values = rows.map((row) => row.value);
  settle(conversions, totals.conversions);
  settle(values, totals.value);
  rows.forEach((row, i) => {
    row.conversions = conversions[i] ?? 0;
    row.value = values[i] ?? 0;
    row.share = totals.conversions === 0 ? null : row.conversions / totals.conversions;
  });
}

function figuresOf({ perChannel = {} }: Credits, index: number): Partial<PathCredit> {
  return Object.fromEntries(Object.entries(perChannel).map(([figure, column]) => [figure, column[index]]));
}
