import { METRICS, MODELS_EN, MORE_MODELS_EN } from './models.js';
import { PERSON_EN } from './person-en.js';

/** Names of fields that a machine cannot make out of their identifiers. */
export const COLUMNS_EN: Record<string, string> = {
  averageOrderValue: 'Avg. order',
  averageSessionSeconds: 'Avg. session',
  averageEngagedSeconds: 'Avg. engaged time',
  averageMeasuredSeconds: 'Avg. of measured',
  engagedSeconds: 'Engaged time',
  medianScrollShare: 'Scrolled (median)',
  lifetimeValue: 'Lifetime value',
  lifetimeValueInterval: '95 % interval',
  interval: '95 % interval',
  meanInterval: '95 % interval (mean)',
  satisfiedInterval: '95 % interval (CSAT)',
  npsInterval: '95 % interval (NPS)',
  nps: 'NPS',
  satisfied: 'CSAT',
  n: 'Answers',
  onlyA: 'Only A',
  onlyB: 'Only B',
  conversionOnlyA: 'Conversion, only A',
  conversionBoth: 'Conversion, both',
  conversionOnlyB: 'Conversion, only B',
  dropOff: 'Lost',
  event: 'Step',
  medianRelationshipDays: 'Relationship (days)',
  medianLifetimeValue: 'Median value',
  baselineRate: 'Without passing',
  lifetimeOrders: 'Orders ever',
  a: 'Channel A',
  b: 'Channel B',
  p50: 'Median',
  p75: '75th percentile',
  p90: '90th percentile',
  p95: '95th percentile',
  fromPrevious: 'Went on',
  medianHours: 'Time (median)',
  medianDays: 'Time (median)',
  medianSeconds: 'Time (median)',
  p90Seconds: 'Time (90th percentile)',
  medianHoursToReady: 'Time to ready',
  medianHoursToPickup: 'Time to pick-up',
  medianLagHours: 'Time between (median)',
  censored: 'Still running',
  what: 'Data',
  views: 'Page views',
  entries: 'Entries',
  referrer: 'From',
  viaCampaign: 'Campaign',
  expectedActive: 'Still active',
  predictedValue: 'Predicted value',
  early: 'Events before a choice',
  recorded: 'Events after a choice',
  unrecorded: 'Events, no choice known',
  trimmed: 'Campaign removed',
  removed: 'Deleted',
};

/** Names of fields that mean something else in one report than in the others, by the report. */
export const COLUMNS_OF_EN: Record<string, Record<string, string> | undefined> = { vitals: { n: 'Measurements' } };

/** Values that a machine gave names to, by field. */
export const VALUES_EN: Record<string, Record<string, string>> = {
  model: { ...MODELS_EN, ...MORE_MODELS_EN },
  what: { pageViews: 'page views' },
  // Milliseconds, but for the shift of the layout.
  metric: METRICS,
  rating: { 'needs-improvement': 'needs improvement' },
  kind: { csat: 'CSAT', nps: 'NPS', ces: 'CES' },
  platform: { ...PERSON_EN.platforms, '': 'not told' },
  version: { '': 'none told' },
};
