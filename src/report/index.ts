export { REPORT_CSP, reportAssets } from './assets.js';
export type { AttributionQuery, AttributionReport, AttributionRow, Credit } from './attribution.js';
export { BadQuery } from './bad-query.js';
export {
  type ChannelInput,
  type ChannelMode,
  type Channels,
  type Classification,
  classify,
  createChannels,
} from './channels.js';
export { toCsv } from './csv.js';
export type { JourneyFigures, JourneyRow, JourneysQuery, JourneysReport } from './journeys.js';
export type { KpiGroup, Kpis, KpisQuery, KpisReport, KpisRow } from './kpis.js';
export type { Dimension } from './labels.js';
export {
  first,
  last,
  lastNonDirect,
  linear,
  MODEL_NAMES,
  MODELS,
  type Model,
  type ModelName,
  type ModelTouch,
  position,
  timeDecay,
} from './models.js';
export type { Origin } from './origin.js';
export type { CommonQuery, ReportHead } from './query.js';
export { createReports, type Reports, type ReportsOptions } from './reports.js';
export { REPORT_NAMES, type ReportHandler, reportRoutes } from './routes.js';
export type { Sankey } from './sankey.js';
