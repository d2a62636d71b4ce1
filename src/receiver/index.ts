export { type Checked, type Defaults, validateBatch } from './check/validate.js';
export type { WithdrawalPolicy } from './consent/withdrawals.js';
export { MAX_IGNORED_BYTES, readBody } from './fetch.js';
export type { Accept, Door, DoorTaken, DoorTools, DoorVisit } from './ingest/door.js';
export { type IngestRoute, ingestRoute, isAudienceRoute } from './ingest/routes.js';
export { checkKeys, type Keys } from './keys.js';
export type { RateLimit, RateLimits } from './limits.js';
export { errorFacts, type Facts, jsonLogger, type Logger, silentLogger } from './logger.js';
export type { Metrics } from './metrics.js';
export type { Origins } from './origins.js';
export { createReceiver, type PrivacyOptions, type Receiver, type ReceiverOptions } from './receiver.js';
export { cookieDomainOf } from './renew-cookie.js';
export {
  askingStore,
  JSON_HEADERS,
  jsonAnswer,
  type RawAnswer,
  type RawRequest,
  refuse,
  toResponse,
  wrongMethod,
} from './request.js';
export type { RetentionRules } from './upkeep/retention.js';
export type { Upkeep, UpkeepReport } from './upkeep/upkeep.js';
