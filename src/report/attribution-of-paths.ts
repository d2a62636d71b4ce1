import { apportion, roundTo } from './apportion.js';
import { attributeTable, type PathCredit } from './attribute-paths.js';
import type { AttributionRow, Credit } from './attribution.js';
import type { Dimension } from './labels.js';
import { createPacker } from './models/path-table.js';
import { MODEL_NAMES, type ModelName } from './models.js';
import type { NullCount } from './null-paths.js';
import type { PathModelName, StoreModelSettings } from './path-models.js';
import { currencyNotices, oneCurrency, type Path } from './paths.js';
import type { NullPath } from './people/path-book.js';

/** What a model knows of a label besides its credit. */
export type ModelFigures = Partial<
  Pick<PathCredit, 'removalEffect' | 'valueRemovalEffect' | 'positions' | 'probability' | 'contribution' | 'interval'>
>;

/** What to divide by which model. */
export interface PackedQuery {
  by: Dimension;
  model: PathModelName;
  /** The label of direct visits. */
  direct: string;
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

/** Divides a store's conversions by a model over packed paths; rounded as the other models are. */
export async function attributePacked(paths: AsyncIterable<Path>, { by, model, direct, settings, nulls }: PackedQuery) {
  const packer = createPacker();
  const currencies = new Set<string>();
  for await (const { touches, value, currency } of paths) {
    if (currency !== undefined) currencies.add(currency);
    const path = touches.map(({ label }) => label);
    packer.add({ path, conversions: 1, value, times: touches.map(({ at }) => at) }, 'Journey');
  }
  const counted = await nulls?.(({ touches }) => {
    const path = touches.map(({ label }) => label);
    packer.add({ path, conversions: 0, nulls: 1, times: touches.map(({ at }) => at) }, 'Null path');
  });
  const { order, weights, halfLifeDays, game, samples, seed, bootstrap } = settings;
  const found = attributeTable(packer.pack(), model, {
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
      figures: figures as ModelFigures,
    }))
    .sort((a, b) => b.credit.conversions - a.credit.conversions || b.credit.revenue - a.credit.revenue)
    .map(({ label, credit, figures }): AttributionRow => ({ [by]: label, ...credit, ...figures }));
  const notices = [...found.notices, ...currencyNotices(currencies)];
  const details = { ...found.details, ...counted };
  return { currency: oneCurrency(currencies), rows, totals, notices, details };
}
