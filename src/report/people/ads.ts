import type { JsonObject } from '../../protocol/index.js';
import { goalEvents } from '../../stores/order.js';
import { roundTo } from '../apportion.js';
import { badQuery } from '../bad-query.js';
import { chooseCurrency, countCurrencies } from '../currency.js';
import { MODEL_NAMES, MODELS, type ModelName } from '../models.js';
import { oneOf, readLookback } from '../query.js';
import { amountIn, currencyIn, eventsNamed, grouped, numberIn, ratio, textIn } from './facts.js';
import { createPathBook } from './path-book.js';
import { clicksOnly } from './roles.js';
import type { PeopleReport, Scene } from './scene.js';

/** How advertising can be grouped. */
export const AD_GROUPS = ['channel', 'source', 'campaign'] as const;

/** What advertising cost and what a model credits it with. */
export interface AdRow {
  [group: string]: unknown;
  model: ModelName;
  cost: number;
  impressions: number | null;
  clicks: number | null;
  costPerClick: number | null;
  /** Credited by the model: no claim that they would not have come otherwise. */
  conversions: number;
  revenue: number;
  /** cost / conversions; null without conversions. */
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
  totals: {
    cost: number;
    impressions: number | null;
    clicks: number | null;
    costPerClick: number | null;
    conversions: number;
    revenue: number;
    costPerConversion: number | null;
    returnOnAdSpend: number | null;
  };
  notices: string[];
}

const COST = 'Ad Cost Imported';

/**
 * Cost (`Ad Cost Imported` with `date`, `channel` or `source`, `campaign`, `cost`, `currency`, `clicks`, `impressions`),
 * cost per conversion and return on ad spend for each model. Groups without cost are left out; `totals` sets all cost
 * against all conversions. Costs of another currency than the orders are left out and named.
 */
export const ads: PeopleReport<AdsReport> = {
  name: 'ads',
  plan: ({ by, lookbackDays }, { goal }) => ({
    events: goalEvents(goal),
    imports: [COST],
    only: 'asked',
    by: oneOf('by', by, AD_GROUPS),
    days: readLookback(lookbackDays),
  }),
  tally(scene, query) {
    const by = oneOf('by', query.by, AD_GROUPS);
    const lookbackDays = readLookback(query.lookbackDays);
    const models = query.model === undefined ? MODEL_NAMES : [readModel(query.model)];
    const book = createPathBook(scene, clicksOnly(lookbackDays));
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
        const { paths } = book.close();
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
        const credited = new Map(models.map((model) => [model, creditBy(model, sold)]));
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
          notices:
            left > 0
              ? [`${left} costs and orders that are not in ${currency ?? 'a known currency'} are left out.`]
              : [],
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

function creditBy(model: ModelName, paths: ReturnType<ReturnType<typeof createPathBook>['close']>['paths']) {
  const credits = new Map<string, { conversions: number; revenue: number }>();
  for (const { touches, convertedAt, value } of paths) {
    MODELS[model](touches, convertedAt).forEach((share, i) => {
      const label = touches[i]?.label ?? '';
      const credit = credits.get(label) ?? { conversions: 0, revenue: 0 };
      credit.conversions += share;
      credit.revenue += share * value;
      credits.set(label, credit);
    });
  }
  return credits;
}

function figures(list: readonly Cost[], conversions: number, revenue: number): AdsReport['totals'] {
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
    costPerConversion: ratio(cost, conversions),
    returnOnAdSpend: ratio(revenue, cost),
  };
}

function readModel(text: string): ModelName {
  const found = MODEL_NAMES.find((name) => name === text);
  if (!found) throw badQuery('model', text, MODEL_NAMES);
  return found;
}
