import type { JsonObject } from '../../protocol/index.js';
import { goalEvents } from '../../stores/order.js';
import { roundTo } from '../apportion.js';
import { attributeTable } from '../attribution/attribute-paths.js';
import { isModelName, isPacked } from '../attribution/packed.js';
import type { Path } from '../attribution/paths.js';
import { chooseCurrency, countCurrencies } from '../currency.js';
import { MODEL_NAMES, MODELS } from '../models/one-journey.js';
import { PATH_MODEL_NAMES, type PathModelName, usesNulls } from '../models/path-models.js';
import { createPacker } from '../models/path-table.js';
import { oneOf, readLookback } from '../query.js';
import { bareTouch, clicksOnly, createPathBook, type NullPath } from './books/path-book.js';
import { amountIn, currencyIn, eventsNamed, grouped, numberIn, ratio, textIn } from './read/facts.js';
import type { PeopleQuery, PeopleReport, Scene } from './read/scene.js';

/** How advertising can be grouped. */
const AD_GROUPS = ['channel', 'source', 'campaign'] as const;

/** What the advertising of a group cost and what a model credits it with. */
export interface AdRow extends AdFigures {
  [group: string]: unknown;
  model: PathModelName;
}

/** The figures of some advertising. */
export interface AdFigures {
  cost: number;
  impressions: number | null;
  clicks: number | null;
  costPerClick: number | null;
  /** Credited by the model: no claim that they would not have come otherwise. */
  conversions: number;
  revenue: number;
  /** cost / conversions; null without conversions, and where no cost was imported. */
  costPerConversion: number | null;
  /** revenue / cost; null, not infinity, without cost. */
  returnOnAdSpend: number | null;
}

/** What `ads` answers besides its heading. */
export interface AdsReport {
  by: string;
  model: string | null;
  lookbackDays: number;
  currency: string | null;
  rows: AdRow[];
  totals: AdFigures;
  notices: string[];
}

const COST = 'Ad Cost Imported';

/**
 * Cost (`Ad Cost Imported` with `date`, `channel` or `source`, `campaign`, `cost`, `currency`, `clicks`, `impressions`),
 * cost per conversion and return on ad spend: of the model asked for, or of each that looks at single paths. Groups without
 * cost are left out; `totals` sets all cost against all conversions. Costs of another currency than the orders are left out
 * and named.
 */
export const ads: PeopleReport<AdsReport> = {
  name: 'ads',
  plan(query, { goal }) {
    const days = readLookback(query.lookbackDays);
    const plan = { events: goalEvents(goal), imports: [COST], by: oneOf('by', query.by, AD_GROUPS) };
    // Ways that led to no order are of people without any, and reach as far back as `readNullPaths` says.
    return modelsOf(query).some((model) => usesNulls(model, query))
      ? { ...plan, days: 2 * days }
      : { ...plan, days, only: 'asked' };
  },
  tally(scene, query) {
    const by = oneOf('by', query.by, AD_GROUPS);
    const lookbackDays = readLookback(query.lookbackDays);
    const models = modelsOf(query);
    const nulls: NullPath[] = [];
    const keepNull = ({ touches }: NullPath) => void nulls.push({ touches: touches.map(bareTouch) });
    const isWanted = models.some((model) => usesNulls(model, query));
    const book = createPathBook(scene, clicksOnly(lookbackDays), { takeNull: isWanted ? keepNull : undefined });
    const costs: Cost[] = [];
    return {
      add(thread) {
        book.add(thread);
        for (const { properties, ms } of eventsNamed(thread, COST)) {
          const day = /^\d{4}-\d\d-\d\d/.exec(textIn(properties, 'date') ?? '')?.[0];
          const inPeriod = day
            ? day >= scene.dayOf(scene.from) && day <= scene.dayOf(scene.to - 1)
            : ms >= scene.from && ms < scene.to;
          if (inPeriod) costs.push(readCost(properties, by, scene));
        }
      },
      result() {
        const paths = book.close();
        const { add, seen } = countCurrencies();
        for (const { currency, value } of paths) if (currency || value) add(currency);
        // Without orders, what the advertising was paid in.
        if (seen.size === 0) for (const one of costs) add(one.currency);
        const { currency, counts } = chooseCurrency(seen, scene);
        const inCurrency = (one: { currency: string | undefined }) => counts(one.currency);
        const counted = costs.filter(inCurrency);
        const groups = grouped((): Cost[] => []);
        for (const cost of counted) groups.of(cost.label).push(cost);
        const sold = paths.filter((path) => inCurrency(path) || path.value === 0);
        const remarks: string[] = [];
        const credited = new Map(models.map((model) => [model, creditBy(model, { sold, nulls, query, remarks })]));
        const rows = models.flatMap((model) =>
          groups.entries().map(([label, list]): AdRow => {
            const { conversions, revenue } = credited.get(model)?.get(label) ?? { conversions: 0, revenue: 0 };
            return { [by]: label, model, ...figures(list, conversions, revenue) };
          }),
        );
        const revenue = sold.reduce((sum, { value }) => sum + value, 0);
        const left = costs.length - counted.length + paths.length - sold.length;
        return {
          by,
          model: query.model ?? null,
          lookbackDays,
          currency,
          rows,
          totals: figures(counted, sold.length, revenue),
          notices: left > 0 ? [...remarks, sayLeft(left, currency)] : remarks,
        };
      },
    };
  },
};

interface Cost {
  label: string;
  cost: number;
  currency: string;
  clicks: number | undefined;
  impressions: number | undefined;
}

/** The channel of a cost: as it says, or what the rules make of its source and medium, `cpc` unless said. */
function readCost(properties: JsonObject, by: string, scene: Pick<Scene, 'channelOf'>): Cost {
  const source = textIn(properties, 'source');
  const campaign = textIn(properties, 'campaign', 'campaign_name');
  const medium = textIn(properties, 'medium') ?? 'cpc';
  const said = textIn(properties, 'channel');
  const found = () => scene.channelOf({ medium, ...(source && { source }), ...(campaign && { campaign }) }).channel;
  const label = by === 'channel' ? (said ?? found()) : by === 'source' ? source : campaign;
  return {
    label: label ?? '(not set)',
    cost: numberIn(properties, 'cost', 'spend') ?? amountIn(properties) ?? 0,
    currency: currencyIn(properties),
    clicks: numberIn(properties, 'clicks'),
    impressions: numberIn(properties, 'impressions'),
  };
}

type CreditSums = Map<string, { conversions: number; revenue: number }>;

interface ToCredit {
  sold: readonly Path[];
  nulls: readonly NullPath[];
  query: PeopleQuery;
  /** Takes what has to be known to read the figures right. */
  remarks: string[];
}

function creditBy(model: PathModelName, { sold, nulls, query, remarks }: ToCredit): CreditSums {
  const divide = isModelName(model) ? MODELS[model] : undefined;
  if (divide && !isPacked(model, query)) {
    const credits: CreditSums = new Map();
    for (const { touches, convertedAt, value } of sold) {
      divide(touches, convertedAt).forEach((share, i) => {
        const label = touches[i]?.label ?? '';
        const credit = credits.get(label) ?? { conversions: 0, revenue: 0 };
        credit.conversions += share;
        credit.revenue += share * value;
        credits.set(label, credit);
      });
    }
    return credits;
  }
  const packer = createPacker();
  const pathOf = ({ touches }: NullPath) => ({
    path: touches.map(({ label }) => label),
    times: touches.map(({ at }) => at),
  });
  for (const path of sold) packer.add({ ...pathOf(path), conversions: 1, value: path.value }, 'Journey');
  for (const path of nulls) packer.add({ ...pathOf(path), conversions: 0, nulls: 1 }, 'Null path');
  const { order, weights, halfLifeDays, game, samples, seed } = query;
  const settings = { order, weights, halfLifeDays, game, samples, seed, transitions: false };
  const found = attributeTable(packer.pack(), model, settings);
  remarks.push(...found.notices);
  return new Map(found.rows.map(({ channel, conversions, value }) => [channel, { conversions, revenue: value }]));
}

function sayLeft(left: number, currency: string | null): string {
  return `Costs and orders left out because they are not in ${currency ?? 'a known currency'}: ${left}.`;
}

function figures(list: readonly Cost[], conversions: number, revenue: number): AdFigures {
  const cost = list.reduce((sum, one) => sum + one.cost, 0);
  const known = (field: 'clicks' | 'impressions') => {
    const numbers = list.flatMap((one) => one[field] ?? []);
    return numbers.length > 0 ? numbers.reduce((sum, one) => sum + one, 0) : null;
  };
  const clicks = known('clicks');
  return {
    cost: roundTo(cost, 2),
    impressions: known('impressions'),
    clicks,
    costPerClick: clicks === null ? null : ratio(cost, clicks),
    conversions: roundTo(conversions, 6),
    revenue: roundTo(revenue, 2),
    // No cost that anybody told is not a cost of nothing.
    costPerConversion: list.length > 0 ? ratio(cost, conversions) : null,
    returnOnAdSpend: ratio(revenue, cost),
  };
}

function modelsOf({ model }: PeopleQuery): readonly PathModelName[] {
  return model === undefined ? MODEL_NAMES : [oneOf('model', model, PATH_MODEL_NAMES)];
}
