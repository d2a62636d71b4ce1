export { MAX_IGNORED_BYTES } from './fetch.js';
export type { Keys } from './keys.js';
export { errorFacts, type Facts, jsonLogger, type Logger } from './logger.js';
export type { Metrics } from './metrics.js';
export type { Origins } from './origins.js';
export { createReceiver, type Receiver, type ReceiverOptions } from './receiver.js';
export { JSON_HEADERS, type RawAnswer, type RawRequest, refuse, toResponse } from './request.js';
export { type IngestRoute, ingestRoute } from './routes.js';
export { type Checked, type Defaults, validateBatch } from './validate.js';
