export type {
  CallOptions,
  Capture,
  Collector,
  CollectorRequest,
  ConsentSource,
  Draft,
  Emit,
  Problem,
  QueuedEvent,
} from './browser/contracts.js';
export { createTracker } from './browser/create.js';
export type { WithoutConsent } from './browser/gate.js';
export type { TrackedEvents, Tracker, TrackerOptions, Visitor } from './browser/options.js';
export type {
  Campaign,
  ClickIdUse,
  Consent,
  ConsentState,
  ParameterUse,
  ProblemCode,
  Purpose,
  Touch,
} from './protocol/index.js';
