export { type FoundParameter, PLAIN_PARAMETERS, type SiteParameters } from '../protocol/campaign-families.js';
export type { AgeQuery, Dated } from './age.js';
export { REPORT_CSP, reportAssets } from './assets.js';
export {
  type AttributePathsOptions,
  attributePaths,
  attributeTable,
  type PathAttribution,
  type PathCredit,
} from './attribute-paths.js';
export type { AttributionQuery, AttributionReport, AttributionRow, Credit } from './attribution.js';
export {
  AUDIENCE_GROUPS,
  type AudienceGroup,
  type AudienceQuery,
  type AudienceReport,
  type AudienceRow,
  reportAudience,
} from './audience.js';
export { audienceRoutes } from './audience-routes.js';
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
export { toCsv } from './csv.js';
export type { DeliveryFigures, DeliveryReport, DeliveryReportQuery } from './delivery.js';
export type { ExplainedTouch, ExplainQuery, Explanation } from './explain.js';
export { exportRoutes } from './export/routes.js';
export { EXPORT_NAMES, EXPORT_TABLES, type ExportColumn, type ExportName } from './export/tables.js';
export type { JourneyFigures, JourneyRow, JourneysQuery, JourneysReport } from './journeys.js';
export type { KpiGroup, Kpis, KpisQuery, KpisReport, KpisRow } from './kpis.js';
export type { Dimension } from './labels.js';
export type { Lookbacks } from './lookbacks.js';
export type { Interval, Intervals } from './models/bootstrap.js';
export type { Game } from './models/games.js';
export type { Transition } from './models/markov.js';
export { createPacker, type PathPacker, type PathTable, type Repeats } from './models/path-table.js';
export { BadRow, type PathRow } from './models/rows.js';
export { shapleyValues } from './models/shapley.js';
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
} from './models.js';
export type { DecimalMark } from './path-file/cells.js';
export {
  PATH_FORMATS,
  type PathFile,
  type PathFormat,
  type ReadPathsOptions,
  readPaths,
} from './path-file/read-paths.js';
export { type ModelSettings, PATH_MODEL_NAMES, type PathModelName } from './path-models.js';
export type { PathShape } from './path-shape.js';
export { PEOPLE_REPORT_NAMES, type PeopleAnswers, type PeopleReportName } from './people/reports.js';
export type { PeopleAnswer, PeopleFigures, PeopleQuery } from './people/scene.js';
export type { CommonQuery, ReportHead } from './query.js';
export { createReports, type Reports, type ReportsOptions } from './reports.js';
export { REPORT_NAMES, type ReportHandler, type ReportName, reportRoutes } from './routes.js';
export type { Sankey } from './sankey.js';
