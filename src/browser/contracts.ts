import type {
  Consent,
  ConsentProof,
  EventType,
  FilrougeContext,
  JsonObject,
  ProblemCode,
  Purpose,
} from '../protocol/index.js';

/** Where and when a call was made; filled in by the pipeline unless a replayed call brings its own. */
export interface Pin {
  /** Epoch milliseconds by the device's clock. */
  at: number;
  /** `location.href` at the call. */
  url: string;
  title: string;
  /** `document.referrer`, or the page before it in a single-page app. */
  referrer: string;
  pageView: string;
  navigation: FilrougeContext['navigation'] | undefined;
}

/** One call as a capture or the page made it: what happened, not yet who, which session or campaign. */
export interface Draft extends Partial<Pin> {
  /**
   * Two are no events: `reset` marks a logout between held events; `view` announces a page view whose `page` draft follows
   * when the router has set the title.
   */
  type: EventType | 'reset' | 'view';
  event?: string | undefined;
  name?: string | undefined;
  category?: string | undefined;
  properties?: JsonObject | undefined;
  traits?: JsonObject | undefined;
  userId?: string | undefined;
  groupId?: string | undefined;
  previousId?: string | undefined;
  options?: CallOptions | undefined;
  /** Dropped first when the queue is full: engagement and vitals. */
  minor?: boolean;
}

/** The last argument of a call, as in analytics.js. */
export interface CallOptions {
  /** When it happened, if not now. */
  timestamp?: Date | string | number;
  /** Your own unique id, e.g. made from an order number, so that a server copy of the event counts once. */
  messageId?: string;
  /** Which destinations a Segment-compatible server should feed. */
  integrations?: JsonObject;
  /** Merged over the context that the SDK collects. */
  context?: JsonObject;
}

/** A draft with its pin, ready for the gate. */
export type PinnedDraft = Draft & Pin;

/** Hands a draft to the pipeline. Never throws. */
export type Emit = (draft: Draft) => void;

/** One source of touchpoints. `start` begins to emit; when the signal aborts, every listener is removed again. */
export interface Capture {
  name: string;
  start(emit: Emit, signal: AbortSignal): void;
}

/**
 * One consent platform. `watch` reports each state it learns (missing purposes stay as they are), with the version and the
 * string that prove it where the platform has them; returns the stop function.
 */
export interface ConsentSource {
  name: string;
  watch(report: (consent: Partial<Consent>, proof?: ConsentProof) => void): () => void;
}

/** An event in the queue: its id and its JSON, which never changes again. */
export interface QueuedEvent {
  id: string;
  json: string;
  minor?: boolean | undefined;
}

/** A request that carries the events with these ids. The body is sent as `text/plain`, so that no preflight is needed. */
export interface CollectorRequest {
  url: string;
  body: string;
  ids: string[];
}

/** One wire format and its address. */
export interface Collector {
  /** Names the queue on the device: equal for the same destination on every page, different for another one. */
  name: string;
  /** The purpose that must be granted, besides `analytics`, before events go there. */
  purpose: Purpose;
  /** Keeps a ledger of consent: it is told of a withdrawal, as the last word of a device. */
  ledger?: true;
  /** Largest body in UTF-8 bytes that the collector takes. */
  maxBytes: number;
  /**
   * Puts each event into exactly one request. A pure function, lazy where requests are small, for the first one is sent
   * before the next is asked for; `sentAt` is ISO 8601. With `room` (bytes, below `maxBytes`) the page is going away:
   * bodies stay under it, and an event that alone is larger is left out, for it waits on disk.
   */
  encode(events: readonly QueuedEvent[], sentAt: string, room?: number): Iterable<CollectorRequest>;
  /** Sends one of these requests; default a preflight-free POST of text. For GET, and for sinks inside the page. */
  send?: Send;
}

/**
 * Sends one request; undefined when no collector answered. `keepaliveBytes` is the size of a body that is to outlive the
 * page, else 0. A 2xx answer whose JSON has `rejected: [{ code }]` names events that were not taken. Never rejects.
 */
export type Send = (
  url: string,
  body: string,
  keepaliveBytes: number,
  cancel: AbortSignal,
) => Promise<Response | undefined>;

/** Something that hindered or dropped events. */
export interface Problem {
  code: ProblemCode;
  /** How often this code has occurred on this page. */
  count: number;
  /** What it was about: an error, an answer's status, an event id. Never personal data. */
  detail?: unknown;
}

/** Counts a problem and tells the page about it. */
export type ReportProblem = (code: ProblemCode, detail?: unknown) => void;
