import { MODEL_NAMES } from '../models/one-journey.js';

/** What of a report says which columns its rows would have. */
export interface EmptyReport {
  by?: unknown;
  model?: unknown;
  totals?: unknown;
}

/**
 * The columns of a report's CSV where it has no rows that show them: what the rows are of, then the figures of the totals,
 * where rows have the same; else their own. A spreadsheet or an import that knows its columns finds them on quiet days, too.
 */
export function emptyHead(name: string, { by, model, totals }: EmptyReport): string[] {
  const own = ROWS[name];
  // `total` is no group, and has a row of its own wherever it is known.
  const groups = typeof by === 'string' && by !== 'total' ? (by === 'day-channel' ? ['day', 'channel'] : [by]) : [];
  if (own) return own.flatMap((field) => (field === BY ? groups : partsOf(field)));
  if (name === 'attribution' && typeof model !== 'string')
    return [...groups, ...MODEL_NAMES.flatMap((one) => [`models.${one}.conversions`, `models.${one}.revenue`])];
  const figures = typeof totals === 'object' && totals !== null ? Object.keys(totals) : [];
  return [...groups, ...figures.filter((field) => !OF_ALL.has(field)), ...(MORE[name] ?? [])].flatMap(partsOf);
}

/** Stands for what the rows are of. */
const BY = '*';

/** Reports whose rows are of something else than their totals. */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  consent: [BY, 'choices', 'devices', 'granted', 'denied', 'withdrawn'],
  journeys: ['path', 'conversions', 'revenue', 'medianDays', 'averageTouches'],
  cohorts: ['cohort', 'size', 'period', 'active', 'retention', 'revenue', 'complete'],
  combinations: [
    ...['combination', 'channels', 'customers', 'mean', 'median', 'interval'],
    ...['adjustedMean', 'uplift', 'adjustedUplift', 'warning'],
  ],
  transitions: [
    ...['from', 'to', 'passages', 'people', 'share', 'converted', 'conversionRate'],
    ...['baselinePeople', 'baselineRate', 'lift', 'medianLagHours'],
  ],
  roles: [
    ...[BY, 'conversions', 'opener', 'middle', 'closer', 'solo'],
    ...['assisted', 'assistedRevenue', 'last', 'assistRatio'],
  ],
  'channels-per-journey': ['channels', 'conversions', 'share', 'revenue'],
  overlap: ['a', 'b', 'onlyA', 'onlyB', 'both', 'overlap', 'conversionOnlyA', 'conversionOnlyB', 'conversionBoth'],
  touchpoints: [
    ...['touchpoint', 'channels', 'kinds', 'touches', 'people', 'identified', 'connected'],
    ...['opener', 'middle', 'closer', 'lastSeen', 'status'],
  ],
  satisfaction: [
    ...[BY, 'kind', 'n', 'mean', 'meanInterval', 'satisfied', 'satisfiedInterval'],
    ...['nps', 'npsInterval', 'promoters', 'passives', 'detractors', 'warning'],
  ],
  pickup: [
    ...['store', 'orders', 'ready', 'pickedUp', 'pickedUpRate', 'medianHoursToReady', 'medianHoursToPickup'],
    ...['addOnPurchases', 'addOnRate'],
  ],
  'web-to-store': ['store', 'orders', 'prepared', 'rate', 'preparedRevenue', 'unknown', 'medianDays'],
  'store-to-web': ['channel', 'orders', 'prepared', 'rate', 'preparedRevenue', 'unknown', 'medianDays'],
  ads: [
    ...[BY, 'model', 'cost', 'impressions', 'clicks', 'costPerClick', 'conversions', 'revenue'],
    ...['costPerConversion', 'returnOnAdSpend'],
  ],
  vitals: ['metric', 'n', 'p50', 'p75', 'p90', 'p95', 'good', 'needsImprovement', 'poor', 'rating'],
  'response-time': [
    'channel',
    'conversations',
    'answered',
    'answeredRate',
    'medianSeconds',
    'p90Seconds',
    'withinOneMinute',
  ],
  gauges: [
    ...['network', 'account', 'metric', 'value', 'day', 'before', 'change', 'changeRate', 'readings'],
    ...['engagementByReach', 'engagementByFollowers'],
  ],
};

/** Figures that totals have and rows have not. */
const OF_ALL = new Set(['herfindahl', 'groups', 'reasons']);

/** Figures that rows have besides those of the totals. */
const MORE: Readonly<Record<string, readonly string[]>> = { sales: ['shareOfRevenue'] };

/** Intervals are written in two columns. */
function partsOf(field: string): string[] {
  return /interval$/i.test(field) ? [`${field}.low`, `${field}.high`] : [field];
}
