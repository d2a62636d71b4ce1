export { type FoundParameter, PLAIN_PARAMETERS, type SiteParameters } from '../protocol/campaign-families.js';
export type { AgeQuery, Dated } from './answers/age.js';
export {
  type AttributePathsOptions,
  attributePaths,
  attributeTable,
  type PathAttribution,
  type PathCredit,
} from './attribution/attribute-paths.js';
export type { AttributionQuery, AttributionReport, AttributionRow, Credit } from './attribution/attribution.js';
export type { ExplainedTouch, ExplainQuery, Explanation } from './attribution/explain.js';
export type { Lookbacks } from './attribution/lookbacks.js';
export type { PathShape } from './attribution/path-shape.js';
export {
  AUDIENCE_GROUPS,
  type AudienceGroup,
  type AudienceQuery,
  type AudienceReport,
  type AudienceRow,
  reportAudience,
} from './audience.js';
export { BadQuery } from './bad-query.js';
export {
  type ChannelInput,
  type ChannelMode,
  type Channels,
  type ChannelsOptions,
  type Classification,
  createChannels,
  type VisitClassification,
} from './channels/channels.js';
export { classify } from './channels/classify.js';
export type { Origin } from './channels/origin.js';
export type { ChannelGroup, ChannelRule } from './channels/rules/rule.js';
export type { Visit } from './channels/visit.js';
export type { ConsentReport, ConsentReportQuery, ConsentTotals } from './consent.js';
export type { DeliveryFigures, DeliveryReport, DeliveryReportQuery } from './delivery.js';
export { exportRoutes } from './export/routes.js';
export { EXPORT_NAMES, EXPORT_TABLES, type ExportColumn, type ExportName } from './export/tables.js';
export type { ReportHandler } from './http/answer.js';
export { REPORT_CSP, reportAssets } from './http/assets.js';
export { audienceRoutes } from './http/audience-routes.js';
export { toCsv } from './http/csv.js';
export { REPORT_NAMES, type ReportName, reportRoutes } from './http/routes.js';
export type { JourneyFigures, JourneyRow, JourneysQuery, JourneysReport } from './journeys.js';
export type { KpiGroup, Kpis, KpisQuery, KpisReport, KpisRow } from './kpis.js';
export type { Dimension } from './labels.js';
export type { Interval, Intervals } from './models/bootstrap.js';
export type { Game } from './models/games.js';
export type { Transition } from './models/markov.js';
export {
  first,
  last,
  lastNonDirect,
  linear,
  type MilestoneWeights,
  MODEL_NAMES,
  MODELS,
  type Model,
  type ModelName,
  type ModelTouch,
  type PositionWeights,
  position,
  positionBased,
  timeDecay,
  wShaped,
} from './models/one-journey.js';
export { type ModelSettings, PATH_MODEL_NAMES, type PathModelName } from './models/path-models.js';
export { createPacker, type PathPacker, type PathTable, type Repeats } from './models/path-table.js';
export { BadRow, type PathRow } from './models/rows.js';
export { shapleyValues } from './models/shapley.js';
export type { DecimalMark } from './path-file/cells.js';
export {
  PATH_FORMATS,
  type PathFile,
  type PathFormat,
  type ReadPathsOptions,
  readPaths,
} from './path-file/read-paths.js';
export type { PeopleAnswer, PeopleFigures, PeopleQuery } from './people/read/scene.js';
export { PEOPLE_REPORT_NAMES, type PeopleAnswers, type PeopleReportName } from './people/reports.js';
export type { CommonQuery, ReportHead } from './query.js';
export { createReports, type Reports, type ReportsOptions } from './reports.js';
export type { Sankey } from './sankey.js';
