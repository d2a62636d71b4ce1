export type { Accept, Door, DoorTaken, DoorTools, DoorVisit } from './door.js';
export { MAX_IGNORED_BYTES, readBody } from './fetch.js';
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
export type { RetentionRules } from './retention.js';
export { type IngestRoute, ingestRoute, isAudienceRoute } from './routes.js';
export type { Upkeep, UpkeepReport } from './upkeep.js';
export { type Checked, type Defaults, validateBatch } from './validate.js';
export type { WithdrawalPolicy } from './withdrawals.js';
