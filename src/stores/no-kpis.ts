import type { KpiRow } from './contract.js';

/** The figures of a period in which nothing happened. */
export const NO_KPIS: Readonly<KpiRow> = {
  visitors: 0,
  devices: 0,
  sessions: 0,
  engagedSessions: 0,
  convertingSessions: 0,
  convertingVisitors: 0,
  pageViews: 0,
  durationSeconds: 0,
  conversions: 0,
  revenue: 0,
};
