import { apportion, roundTo } from '../apportion.js';
import { type CurrencyChoice, chooseCurrency, countCurrencies } from '../currency.js';
import type { Dimension } from '../labels.js';
import { MODEL_NAMES, type ModelName } from '../models/one-journey.js';
import type { PathModelName, StoreModelSettings } from '../models/path-models.js';
import { createPacker, type PathTable } from '../models/path-table.js';
import type { NullPath } from '../people/books/path-book.js';
import { attributeTable, type PathCredit } from './attribute-paths.js';
import type { AttributionRow, Credit } from './attribution.js';
import type { NullCount } from './null-paths.js';
import type { Path } from './paths.js';

/** What a model knows of a label besides its credit. */
export type ModelFigures = Partial<
  Pick<
    PathCredit,
    'removalEffect' | 'valueRemovalEffect' | 'positions' | 'probability' | 'contribution' | 'interval'
  > & {
    /** Journeys that met it, converted or not; figures from fewer than 30 say little (measures.md 7.3). */
    journeys: number;
  }
>;

/** What to divide by which model. */
export interface PackedQuery {
  by: Dimension;
  model: PathModelName;
  /** The label of direct visits. */
  direct: string;
  choice: CurrencyChoice;
  settings: StoreModelSettings & { bootstrap?: number | undefined };
  /** Hands over the paths without conversion, where the model looks at them. */
  nulls?: ((take: (path: NullPath) => void) => Promise<NullCount>) | undefined;
}

/** True for models that look at all paths together, and for those with settings of their own. */
export function isPacked(model: PathModelName, { weights, halfLifeDays }: StoreModelSettings): model is PathModelName {
  if (model === 'position') return weights !== undefined;
  if (model === 'time-decay') return halfLifeDays !== undefined;
  return !isModelName(model);
}

/** True for the models that `MODELS` has. */
export function isModelName(model: PathModelName): model is ModelName {
  return MODEL_NAMES.some((name) => name === model);
}

/** Divides a store's conversions by a model over packed paths; rounded as the other models are. `paths` may be asked twice. */
export async function attributePacked(
  paths: () => AsyncIterable<Path>,
  { by, model, direct, choice, settings, nulls }: PackedQuery,
) {
  const isTimed = model === 'time-decay';
  // Beside each other: while the store looks for one kind of paths, the other is packed. Conversions are the first.
  const early = createPacker();
  let lost = early;
  const packing = packInOneCurrency(paths, choice, isTimed).then((packed) => {
    packed.packer.append(early.pack());
    lost = packed.packer;
    return packed;
  });
  const [{ packer, money }, counted] = await Promise.all([packing, nulls?.(({ touches }) => lost.addNull(touches))]);
  const { order, weights, halfLifeDays, game, samples, seed, bootstrap } = settings;
  const table = packer.pack();
  const met = countJourneys(table);
  const found = attributeTable(table, model, {
    ...{ order, weights, halfLifeDays, game, samples, seed, bootstrap },
    direct: [direct],
    transitions: false,
  });
  const totals: Credit = { conversions: found.totals.conversions, revenue: roundTo(found.totals.value, 2) };
  // By name: ties of rounding fall the same way on every engine.
  const byName = [...found.rows].sort((a, b) => (a.channel < b.channel ? -1 : 1));
  const conversions = apportion(
    byName.map((row) => row.conversions),
    6,
    totals.conversions,
  );
  const revenue = apportion(
    byName.map((row) => row.value),
    2,
    totals.revenue,
  );
  const rows = byName
    .map(({ channel, conversions: _, value: __, share: ___, ...figures }, i) => ({
      label: channel,
      credit: { conversions: conversions[i] ?? 0, revenue: revenue[i] ?? 0 },
      figures: { ...(figures as ModelFigures), journeys: met.get(channel) ?? 0 },
    }))
    .sort((a, b) => b.credit.conversions - a.credit.conversions || b.credit.revenue - a.credit.revenue)
    .map(({ label, credit, figures }): AttributionRow => ({ [by]: label, ...credit, ...figures }));
  const notices = [...found.notices, ...money.notices];
  const details = { ...found.details, ...counted };
  return { currency: money.currency, rows, totals, notices, details };
}

/** How many journeys met each channel, once or more often. */
function countJourneys({ channels, size, offsets, touches, conversions, nulls }: PathTable): Map<string, number> {
  const counts = new Float64Array(channels.length);
  const lastPath = new Int32Array(channels.length).fill(-1);
  for (let path = 0; path < size; path++) {
    const journeys = (conversions[path] ?? 0) + (nulls[path] ?? 0);
    for (let at = offsets[path] ?? 0; at < (offsets[path + 1] ?? 0); at++) {
      const channel = touches[at] ?? 0;
      if (lastPath[channel] === path) continue;
      lastPath[channel] = path;
      counts[channel] = (counts[channel] ?? 0) + journeys;
    }
  }
  return new Map(channels.map((channel, i) => [channel, counts[i] ?? 0]));
}

/** All paths, with the amounts that are in the report's currency. */
async function packInOneCurrency(paths: () => AsyncIterable<Path>, choice: CurrencyChoice, isTimed: boolean) {
  // Nearly always there is but one, or it is known beforehand; else the paths are read again once it is.
  let assumed = choice.asked ?? choice.home;
  const isAssumed = (currency: string): boolean => {
    assumed ??= currency || undefined;
    return currency === '' || currency === assumed;
  };
  const first = await packPaths(paths(), isAssumed, isTimed);
  const money = chooseCurrency(first.seen, choice);
  const isRight = [...first.seen.keys()].every((currency) => money.counts(currency) === first.taken.has(currency));
  return { packer: isRight ? first.packer : (await packPaths(paths(), money.counts, isTimed)).packer, money };
}

/** `isTimed`: with times, which one model alone looks at. */
async function packPaths(paths: AsyncIterable<Path>, isTaken: (currency: string) => boolean, isTimed: boolean) {
  const packer = createPacker();
  const { add, seen } = countCurrencies();
  const taken = new Set<string>();
  for await (const { touches, value, currency = '' } of paths) {
    if (currency || value) add(currency);
    const takes = isTaken(currency);
    if (takes) taken.add(currency);
    const times = isTimed ? { times: touches.map(({ at }) => at) } : undefined;
    packer.add({ path: touches.map(labelOf), conversions: 1, value: takes ? value : 0, ...times }, 'Journey');
  }
  return { packer, seen, taken };
}

function labelOf({ label }: { label: string }): string {
  return label;
}
