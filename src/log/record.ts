import type { Purpose, WireEvent } from '../protocol/index.js';
import type { LogRecord } from './contract.js';

/** What the receiver knows of a request beyond its body; written before the body, so that a rebuild gives the same result. */
export interface BatchMeta {
  kind: 'batch';
  /** When the receiver took it, ISO 8601. */
  receivedAt: string;
  /** Milliseconds to add to client timestamps (clock-skew correction); 0 for an honest clock. */
  skewMs: number;
  /** Which kind of key sent it: `secret` keys may alias. */
  key: 'write' | 'secret';
  /** The User-Agent header; events may carry their own in `context.userAgent`. */
  userAgent?: string;
  /** True when the request carried `Sec-GPC: 1`. */
  gpc?: boolean;
  /** Numbered events of the request that were turned away: page load, number in it, reason code. */
  refused?: [lane: string, n: number, code: string][];
}

/** An erasure: events of these identifiers (HMACs) that happened up to `at` are not taken again. */
export interface SuppressMeta {
  kind: 'suppress';
  at: string;
  identifiers: string[];
}

/** From `at` on, what these identifiers (HMACs) asked for as to the processing of their data; the latest record counts. */
export interface StandingMeta {
  kind: 'standing';
  at: string;
  identifiers: string[];
  /** Their events are set aside and new ones are refused (GDPR 18). */
  restricted?: boolean;
  /** The purposes they object to (GDPR 21). */
  objected?: Purpose[];
}

/**
 * Events that are kept but not used, because these identifiers (HMACs) restricted the processing: the body is a JSON
 * array of `AsideBatch`. Stores pass over it.
 */
export interface AsideMeta {
  kind: 'aside';
  at: string;
  identifiers: string[];
}

/** Events that were set aside, with what the receiver knew of their request. */
export interface AsideBatch {
  meta: BatchMeta;
  events: WireEvent[];
}

/** The first line of a record. */
export type RecordMeta = BatchMeta | SuppressMeta | StandingMeta | AsideMeta;

/** A decoded record. `events` of a batch are valid (checked before they were written). */
export type Entry =
  | { meta: BatchMeta; events: WireEvent[] }
  | { meta: SuppressMeta | StandingMeta | AsideMeta; events: [] };

const NEWLINE = 10;
const NOTHING = new Uint8Array();
const decoder = new TextDecoder();

/**
 * A record is one line of JSON (the meta) and, for a batch, the body: either the untouched request body, an object with
 * `batch` or a single event, or an array of events where the receiver had to leave some out.
 */
export function encodeRecord(meta: RecordMeta, body: Uint8Array = NOTHING): Uint8Array {
  return Buffer.concat([encodeMeta(meta), body]);
}

/** The first line of a record, for who hands the body to the log beside it. */
export function encodeMeta(meta: RecordMeta): Uint8Array {
  return Buffer.from(`${JSON.stringify(meta)}\n`);
}

/** The first line of a record alone, without the cost of its body. */
export function decodeMeta(bytes: Uint8Array): RecordMeta {
  return JSON.parse(decoder.decode(bytes.subarray(0, bytes.indexOf(NEWLINE)))) as RecordMeta;
}

/** When a record came in, ISO 8601. */
export function receivedAtOf({ bytes }: LogRecord): string {
  const meta = decodeMeta(bytes);
  return meta.kind === 'batch' ? meta.receivedAt : meta.at;
}

/** The bytes of a record behind its first line, as they came. */
export function recordBody(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(bytes.indexOf(NEWLINE) + 1);
}

/** The reverse of `encodeRecord`. Throws when the bytes are not a record, which the log's checksum rules out. */
export function decodeRecord(bytes: Uint8Array): Entry {
  const meta = decodeMeta(bytes);
  if (meta.kind !== 'batch') return { meta, events: [] };
  const body = JSON.parse(decoder.decode(recordBody(bytes))) as WireEvent[] | { batch: WireEvent[] } | WireEvent;
  if (Array.isArray(body)) return { meta, events: body };
  return { meta, events: 'batch' in body ? body.batch : [body] };
}

/** The body of an `aside` record. */
export function decodeAside(bytes: Uint8Array): AsideBatch[] {
  return JSON.parse(decoder.decode(recordBody(bytes))) as AsideBatch[];
}
