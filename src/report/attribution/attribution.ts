import { apportion, roundTo } from '../apportion.js';
import { badQuery } from '../bad-query.js';
import { type CurrencyChoice, chooseCurrency, countCurrencies, readCurrency } from '../currency.js';
import { DIMENSIONS, type Dimension, directLabel } from '../labels.js';
import { MODEL_NAMES, MODELS, type ModelName } from '../models/one-journey.js';
import { PATH_MODEL_NAMES, type PathModelName, type StoreModelSettings, usesNulls } from '../models/path-models.js';
import type { NullPath } from '../people/books/path-book.js';
import { type CommonQuery, oneOf, type ReportContext, type ReportHead, readCommon, readLookback } from '../query.js';
import { type Lookbacks, readLookbacks } from './lookbacks.js';
import { readNullPaths } from './null-paths.js';
import { attributePacked, isModelName, isPacked, type ModelFigures } from './packed.js';
import { type PathShape, shapeAsked } from './path-shape.js';
import { labelledPaths, type Path } from './paths.js';

/** `by`: default `channel`. `model`: default those of `MODEL_NAMES` side by side. */
export interface AttributionQuery extends CommonQuery, StoreModelSettings, PathShape {
  by?: Dimension | undefined;
  model?: PathModelName | undefined;
  /** ISO code: amounts of this currency; default the owner's, else that of most conversions. */
  currency?: string | undefined;
  /** Days before a conversion in which touches count; default 30. */
  lookbackDays?: number | undefined;
  /** Other days for single kinds, e.g. `{ view: 1, contact: 90 }`; views count only where it says so, 0 leaves a kind out. */
  lookbacks?: Lookbacks | undefined;
  /** Give 95 % intervals from this many resampled rounds, e.g. 200; with one `model`. */
  bootstrap?: number | undefined;
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
export interface AttributionReport extends ReportHead, PathShape {
  report: 'attribution';
  by: Dimension;
  /** The model asked for, or null for all. */
  model: PathModelName | null;
  lookbackDays: number;
  lookbacks: Lookbacks;
  /** Of all amounts; null where none names one. Conversions in other currencies are credited, their amounts are not. */
  currency: string | null;
  rows: AttributionRow[];
  totals: Credit;
  /** What must be known to read the figures right, e.g. how much there is in other currencies. */
  notices?: string[];
  /** Figures of the model as a whole; of models over many paths. */
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
  const { segment } = query;
  const shape = shapeAsked(query);
  const choice = readCurrency(query.currency, context.currency);
  const asked = { head, by, lookbacks, shape, segment };
  const heading = { report: 'attribution' as const, by, model, lookbackDays, lookbacks, ...shape, ...head };
  if (model === null && query.bootstrap !== undefined)
    throw badQuery('bootstrap', query.bootstrap, 'asked for together with one model');
  if (model !== null && (query.bootstrap !== undefined || isPacked(model, query))) {
    const nulls = usesNulls(model, query)
      ? (take: (path: NullPath) => void) => readNullPaths(context, asked, take)
      : undefined;
    const direct = directLabel(context.channels, by);
    const paths = () => labelledPaths(context, asked);
    const found = await attributePacked(paths, { by, model, direct, choice, settings: query, nulls });
    return { ...heading, ...found };
  }
  const single = model !== null && isModelName(model) ? model : null;
  const sums = await attribute(labelledPaths(context, asked), single ? [single] : MODEL_NAMES, choice);
  const rows = present(sums, by, single);
  const { totals, currency, notices } = sums;
  return { ...heading, currency, rows, totals, ...(notices.length > 0 && { notices }) };
}

interface Sums {
  labels: string[];
  credits: Partial<Record<ModelName, Credit[]>>;
  totals: Credit;
  currency: string | null;
  notices: string[];
}

/** What the conversions of one currency give; by model and index of the label. */
interface Sheet {
  credits: { readonly name: ModelName; readonly sums: Credit[] }[];
  totals: Credit;
}

async function attribute(
  paths: AsyncIterable<Path>,
  models: readonly ModelName[],
  choice: CurrencyChoice,
): Promise<Sums> {
  const indexes = new Map<string, number>();
  const sheets = new Map<string, Sheet>();
  const seen = countCurrencies();
  for await (const { touches, convertedAt, value, currency = '' } of paths) {
    let sheet = sheets.get(currency);
    if (!sheet) sheets.set(currency, (sheet = newSheet(models)));
    sheet.totals.conversions += 1;
    sheet.totals.revenue += value;
    if (currency || value) seen.add(currency);
    const rows = touches.map(({ label }) => {
      const index = indexes.get(label) ?? indexes.size;
      indexes.set(label, index);
      return index;
    });
    for (const { name, sums } of sheet.credits) {
      MODELS[name](touches, convertedAt).forEach((credit, i) => {
        const sum = (sums[rows[i] ?? 0] ??= { conversions: 0, revenue: 0 });
        sum.conversions += credit;
        sum.revenue += credit * value;
      });
    }
  }
  const { currency, counts, notices } = chooseCurrency(seen.seen, choice);
  const all = newSheet(models);
  for (const [named, sheet] of sheets) addSheet(all, sheet, counts(named));
  all.totals.revenue = roundTo(all.totals.revenue, 2);
  const credits = Object.fromEntries(all.credits.map(({ name, sums }) => [name, sums]));
  return { labels: [...indexes.keys()], credits, totals: all.totals, currency, notices };
}

function newSheet(models: readonly ModelName[]): Sheet {
  return { credits: models.map((name) => ({ name, sums: [] })), totals: { conversions: 0, revenue: 0 } };
}

/** Adds the conversions of a sheet, and its amounts where they are in the report's currency. */
function addSheet(all: Sheet, { credits, totals }: Sheet, isCounted: boolean): void {
  const add = (to: Credit, { conversions, revenue }: Credit): void => {
    to.conversions += conversions;
    if (isCounted) to.revenue += revenue;
  };
  add(all.totals, totals);
  credits.forEach(({ sums }, model) => {
    const into = all.credits[model]?.sums ?? [];
    // Sparse: a sheet knows only the labels of its own paths.
    sums.forEach((sum, i) => add((into[i] ??= { conversions: 0, revenue: 0 }), sum));
  });
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
