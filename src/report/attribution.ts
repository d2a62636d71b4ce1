import { apportion, roundTo } from './apportion.js';
import { attributePacked, isModelName, isPacked, type ModelFigures } from './attribution-of-paths.js';
import { badQuery } from './bad-query.js';
import { DIMENSIONS, type Dimension, directLabel } from './labels.js';
import { type Lookbacks, readLookbacks } from './lookbacks.js';
import { MODEL_NAMES, MODELS, type ModelName } from './models.js';
import { readNullPaths } from './null-paths.js';
import { PATH_MODEL_NAMES, type PathModelName, type StoreModelSettings, usesNulls } from './path-models.js';
import { currencyNotices, labelledPaths, oneCurrency, type Path } from './paths.js';
import type { NullPath } from './people/path-book.js';
import { type CommonQuery, oneOf, type ReportContext, type ReportHead, readCommon, readLookback } from './query.js';

/** `by`: default `channel`. `model`: default those of `MODEL_NAMES` side by side. */
export interface AttributionQuery extends CommonQuery, StoreModelSettings {
  by?: Dimension | undefined;
  model?: PathModelName | undefined;
  /** Days before a conversion in which touches count; default 30. */
  lookbackDays?: number | undefined;
  /** Other days for single kinds, e.g. `{ view: 1, contact: 90 }`; views count only where it says so, 0 leaves a kind out. */
  lookbacks?: Lookbacks | undefined;
  /** Give 95 % intervals from this many resampled rounds, e.g. 200; with one `model`. */
  bootstrap?: number | undefined;
  /** Count consecutive touches of one label once; default false. */
  collapse?: boolean | undefined;
}

/** What a model gives to one label: conversions to six decimals, revenue to the cent. */
export interface Credit {
  conversions: number;
  revenue: number;
}

/**
 * A row has the field it is grouped by. It has `conversions` and `revenue` when one model was asked for (and what else
 * that model knows of a channel, e.g. `removalEffect`), else `models` with both for each model.
 */
export type AttributionRow = { [group in Dimension]?: string } & Partial<Credit> &
  ModelFigures & {
    models?: Partial<Record<ModelName, Credit>>;
  };

/**
 * The answer. For every model the rows' credits add up to `totals` to the last decimal shown. Attribution divides what
 * was observed; it does not say what would have happened without a channel.
 */
export interface AttributionReport extends ReportHead {
  report: 'attribution';
  by: Dimension;
  /** The model asked for, or null for all. */
  model: PathModelName | null;
  lookbackDays: number;
  lookbacks: Lookbacks;
  /** The currency of all conversions; null when there are several or none is known. */
  currency: string | null;
  rows: AttributionRow[];
  totals: Credit;
  /** What must be known to read the figures right, and figures of the model as a whole; of models over many paths. */
  notices?: string[];
  details?: { readonly [figure: string]: unknown };
}

/** Divides the goal's conversions among the touches before them. Rows with the most credit (linear) come first. */
export async function reportAttribution(
  context: ReportContext,
  query: AttributionQuery = {},
): Promise<AttributionReport> {
  const by = oneOf('by', query.by, DIMENSIONS);
  const model = query.model === undefined ? null : oneOf('model', query.model, PATH_MODEL_NAMES);
  const lookbackDays = readLookback(query.lookbackDays);
  const lookbacks = readLookbacks(lookbackDays, query.lookbacks);
  const head = readCommon(query, context);
  const { segment, collapse = false } = query;
  const asked = { head, by, lookbacks, collapse, segment };
  const heading = { report: 'attribution' as const, by, model, lookbackDays, lookbacks, ...head };
  if (model === null && query.bootstrap !== undefined)
    throw badQuery('bootstrap', query.bootstrap, 'asked for together with one model');
  if (model !== null && (query.bootstrap !== undefined || isPacked(model, query))) {
    const nulls = usesNulls(model, query)
      ? (take: (path: NullPath) => void) => readNullPaths(context, asked, take)
      : undefined;
    const direct = directLabel(context.channels, by);
    const found = await attributePacked(labelledPaths(context, asked), { by, model, direct, settings: query, nulls });
    return { ...heading, ...found };
  }
  const single = model !== null && isModelName(model) ? model : null;
  const sums = await attribute(labelledPaths(context, asked), single ? [single] : MODEL_NAMES);
  const rows = present(sums, by, single);
  const { totals, currencies } = sums;
  const notices = currencyNotices(currencies);
  return { ...heading, currency: oneCurrency(currencies), rows, totals, ...(notices.length > 0 && { notices }) };
}

interface Sums {
  labels: string[];
  credits: Partial<Record<ModelName, Credit[]>>;
  totals: Credit;
  currencies: ReadonlySet<string>;
}

async function attribute(paths: AsyncIterable<Path>, models: readonly ModelName[]): Promise<Sums> {
  const indexes = new Map<string, number>();
  const credits: Partial<Record<ModelName, Credit[]>> = Object.fromEntries(models.map((name) => [name, []]));
  const currencies = new Set<string>();
  const totals = { conversions: 0, revenue: 0 };
  for await (const path of paths) {
    totals.conversions += 1;
    totals.revenue += path.value;
    if (path.currency !== undefined) currencies.add(path.currency);
    const rows = path.touches.map(({ label }) => {
      const index = indexes.get(label) ?? indexes.size;
      indexes.set(label, index);
      return index;
    });
    for (const name of models) {
      const sums = credits[name] ?? [];
      MODELS[name](path.touches, path.convertedAt).forEach((credit, i) => {
        const sum = (sums[rows[i] ?? 0] ??= { conversions: 0, revenue: 0 });
        sum.conversions += credit;
        sum.revenue += credit * path.value;
      });
    }
  }
  totals.revenue = roundTo(totals.revenue, 2);
  return { labels: [...indexes.keys()], credits, totals, currencies };
}

function present({ labels: seen, credits, totals }: Sums, by: Dimension, model: ModelName | null): AttributionRow[] {
  // By name, not by first appearance: ties of rounding fall the same way on every engine.
  const labels = [...seen].sort();
  const rounded = (name: ModelName): Credit[] => {
    const sums = labels.map((label) => credits[name]?.[seen.indexOf(label)] ?? { conversions: 0, revenue: 0 });
    const conversions = apportion(
      sums.map((sum) => sum.conversions),
      6,
      totals.conversions,
    );
    const revenue = apportion(
      sums.map((sum) => sum.revenue),
      2,
      totals.revenue,
    );
    return sums.map((_, i) => ({ conversions: conversions[i] ?? 0, revenue: revenue[i] ?? 0 }));
  };
  const shown = MODEL_NAMES.filter((name) => credits[name]).map((name) => ({ name, credits: rounded(name) }));
  const sortBy = shown.find(({ name }) => name === (model ?? 'linear'))?.credits ?? [];
  return labels
    .map((label, i) => ({ label, i, sort: sortBy[i] ?? { conversions: 0, revenue: 0 } }))
    .sort(
      (a, b) =>
        b.sort.conversions - a.sort.conversions || b.sort.revenue - a.sort.revenue || (a.label < b.label ? -1 : 1),
    )
    .map(({ label, i }): AttributionRow => {
      const each: Partial<Record<ModelName, Credit>> = {};
      for (const column of shown) each[column.name] = column.credits[i] ?? { conversions: 0, revenue: 0 };
      return { [by]: label, ...(model ? each[model] : { models: each }) };
    });
}
