export { type AudienceView, audienceHost, audiencePath, isAudienceHost } from './audience.js';
export { type LandingFacts, readLanding } from './campaign.js';
export type { ClickIdUse, ParameterUse } from './campaign-click-ids.js';
export {
  CHOICE_EVENTS,
  CHOICE_NOTED_EVENT,
  CONSENT_EVENT,
  type Consent,
  type ConsentProof,
  type ConsentState,
  LEDGER_EVENTS,
  PURPOSES,
  type Purpose,
  WITHDRAWAL_APPLIED_EVENT,
  type WireConsent,
} from './consent.js';
export type { Campaign, EventContext, EventType, FilrougeContext, PageContext, Touch, WireEvent } from './event.js';
export { uuidv7 } from './id.js';
export { isObject, type Json, type JsonObject } from './json.js';
export * from './limits.js';
export { type ProblemCode, REASONS, type ReasonCode } from './reasons.js';
export type { BatchAnswer, BatchBody } from './wire.js';
