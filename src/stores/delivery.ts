import type { BatchMeta } from '../log/record.js';
import type { TimeRange } from './contract.js';
import { dayAt, daysBetween } from './days.js';
import { boundsOf } from './range.js';
import type { EventRow } from './stamp/stamp.js';
import { textNumber } from './text-number.js';

/** Which deliveries to account for. A page load belongs to the time of its first event that arrived. */
export interface DeliveryQuery extends TimeRange {
  by: 'total' | 'day' | 'browser';
  /** IANA time zone in which days begin; default UTC. */
  timezone?: string;
  /** An event that arrives more than this after it happened is late; default 60. */
  lateMinutes?: number;
}

/**
 * What became of numbered events. The browser SDK numbers the events of each page load 1, 2, 3 …, and the first event of
 * the next page load says how far the one before had counted: numbers that never arrived are losses. A loss is no longer
 * one as soon as the event arrives after all.
 */
export interface DeliveryRow {
  /** `YYYY-MM-DD` in the query's time zone. */
  day?: string;
  /** '' where it is not known: nothing of the page load arrived. */
  browser?: string;
  pageLoads: number;
  /** Events that were numbered, as far as that is known: what followed the last one of a visitor's last page load is not. */
  tracked: number;
  received: number;
  /** Numbered, but neither received nor refused. */
  lost: number;
  /** Turned away at the door, by reason code. */
  refused: { [code: string]: number };
  /** Received, but later than `lateMinutes` after they happened. */
  late: number;
  /** Copies of stored events that came again, at the time when they came. They are counted and not stored. */
  duplicates: number;
}

/** A page load as the next one remembers it. */
export interface LaneEnd {
  laneNo: number;
  /** How far it had counted. */
  n: number;
  at: number;
  browser: string | null;
}

/** A numbered event that was turned away. */
export interface RefusedEvent {
  laneNo: number;
  n: number;
  code: string;
  at: number;
}

/** A part of the account; parts are added up. `at` may be rounded down to `PIECE_MS`. */
export interface DeliveryPiece {
  at: number;
  browser: string | null;
  pageLoads?: number;
  tracked?: number;
  received?: number;
  lost?: number;
  late?: number;
  duplicates?: number;
  refused?: number;
  code?: string;
}

/** Time zones differ by multiples of this, so that days can be made of pieces. */
export const PIECE_MS = 15 * 60_000;

/** The beginning of the piece of time that a moment lies in. */
export function pieceOf(at: number): number {
  return at - (at % PIECE_MS);
}

/** The default of `lateMinutes`. */
export const LATE_MINUTES = 60;

/** The page load before, where an event names it. */
export function laneEndOf({ lastLaneNo, lastLaneN, at, browser }: EventRow): LaneEnd | undefined {
  return lastLaneNo === null ? undefined : { laneNo: lastLaneNo, n: lastLaneN, at, browser };
}

/** Makes a reason's worth of refused events from what the log says of a request. */
export function refusedOf({ refused, receivedAt }: Pick<BatchMeta, 'refused' | 'receivedAt'>): RefusedEvent[] {
  return (refused ?? []).map(([lane, n, code]) => ({ laneNo: textNumber(lane), n, code, at: Date.parse(receivedAt) }));
}

/**
 * Takes an event out of the account: its person was erased before, so that numbers are missing which nobody lost.
 */
export function leaveLane(row: EventRow): void {
  row.laneNo = null;
  row.lastLaneNo = null;
}

/** Adds up pieces whose time lies in the range. */
export function addPieces(query: DeliveryQuery, pieces: readonly DeliveryPiece[]): DeliveryRow[] {
  const { from, to } = boundsOf(query);
  const inside = pieces.filter(({ at }) => from <= at && at < to);
  const times = inside.map(({ at }) => at);
  const days = query.by === 'day' && times.length ? daysBetween(least(times), greatest(times), query.timezone) : [];
  const rows = new Map<string, DeliveryRow>();
  if (query.by === 'total') rows.set('', emptyRow());
  for (const piece of inside) {
    const key = query.by === 'day' ? dayAt(days, piece.at) : query.by === 'browser' ? (piece.browser ?? '') : '';
    let row = rows.get(key);
    if (!row) {
      row = { ...(query.by === 'day' ? { day: key } : { browser: key }), ...emptyRow() };
      rows.set(key, row);
    }
    for (const figure of FIGURES) row[figure] += piece[figure] ?? 0;
    if (piece.code && piece.refused) row.refused[piece.code] = (row.refused[piece.code] ?? 0) + piece.refused;
  }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

const FIGURES = ['pageLoads', 'tracked', 'received', 'lost', 'late', 'duplicates'] as const;

function emptyRow(): DeliveryRow {
  return { pageLoads: 0, tracked: 0, received: 0, lost: 0, refused: {}, late: 0, duplicates: 0 };
}

const least = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const greatest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

/** One page load while its account is made. */
interface Account {
  numbers: Set<number>;
  refused: Map<number, string>;
  top: number;
  /** Of the event with the lowest number; without one, of what pointed here. */
  first: { n: number; at: number; browser: string | null };
  late: number;
}

/** The account of every page load, from all rows; what the engines without a query language use. */
export function accountFor(
  query: DeliveryQuery,
  rows: readonly EventRow[],
  ends: readonly LaneEnd[],
  refused: readonly RefusedEvent[],
): DeliveryPiece[] {
  const lateMs = (query.lateMinutes ?? LATE_MINUTES) * 60_000;
  const accounts = new Map<number, Account>();
  const open = (laneNo: number, n: number, at: number, browser: string | null): Account => {
    let account = accounts.get(laneNo);
    if (!account) {
      account = { numbers: new Set(), refused: new Map(), top: 0, first: { n, at, browser }, late: 0 };
      accounts.set(laneNo, account);
    }
    account.top = Math.max(account.top, Number.isFinite(n) ? n : 0);
    return account;
  };
  for (const { laneNo, n, at, browser, receivedAt } of rows) {
    if (laneNo === null || n < 1) continue;
    const account = open(laneNo, n, at, browser);
    if (account.numbers.has(n)) continue;
    account.numbers.add(n);
    if (n < account.first.n || (n === account.first.n && at < account.first.at)) account.first = { n, at, browser };
    if (receivedAt - at > lateMs) account.late += 1;
  }
  const unseen = (at: number, browser: string | null) => ({ n: Number.POSITIVE_INFINITY, at, browser });
  for (const { laneNo, n, at, browser } of ends) {
    const isNew = !accounts.has(laneNo);
    const account = open(laneNo, n, at, browser);
    if (isNew) account.first = unseen(at, browser);
  }
  for (const { laneNo, n, code, at } of refused) {
    const isNew = !accounts.has(laneNo);
    const account = open(laneNo, n, at, null);
    if (isNew) account.first = unseen(at, null);
    if (!account.numbers.has(n)) account.refused.set(n, code);
  }
  return [...accounts.values()].flatMap(piecesOf);
}

function piecesOf({ numbers, refused, top, first, late }: Account): DeliveryPiece[] {
  const at = pieceOf(first.at);
  const { browser } = first;
  const [received, tracked] = [numbers.size, top];
  const lost = Math.max(0, tracked - received - refused.size);
  const whole: DeliveryPiece = { at, browser, pageLoads: 1, tracked, received, lost, late };
  return [whole, ...[...refused.values()].map((code) => ({ at, browser, code, refused: 1 }))];
}
