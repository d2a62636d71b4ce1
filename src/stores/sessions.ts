import type { PathTouch, SourceFacts, TouchKind } from './contract.js';
import { DIRECT, isContextOnly, isReferrerOnly } from './stamp/source.js';
import { type EventRow, IDLE_MS } from './stamp/stamp.js';

/** A run of one device's interactive events; see `KpiRow` and `PathTouch` in the contract for the rules. */
export interface Session {
  device: string;
  /** The person of its last event with a user id; without one, whose the device is at the end. */
  person: string;
  start: number;
  end: number;
  source: string;
  touches: Touch[];
  events: EventRow[];
}

/** A touch in milliseconds. */
export interface Touch {
  at: number;
  sourceKey: string;
  /** Absent = `visit`. */
  kind?: TouchKind;
}

/** What cutting into sessions needs to know besides the rows. */
export interface SessionContext {
  personOf: (row: EventRow) => string;
  facts: ReadonlyMap<string, SourceFacts>;
}

/** The order of events everywhere: time, number in the lane, id. It does not depend on the order of arrival. */
export function compareRows(a: EventRow, b: EventRow): number {
  return a.at - b.at || a.n - b.n || (a.messageId < b.messageId ? -1 : 1);
}

/** As `compareRows`; of the same millisecond, the same session comes together. */
function compareInSession(a: EventRow, b: EventRow): number {
  return a.at - b.at || (a.sessionNo ?? -1) - (b.sessionNo ?? -1) || compareRows(a, b);
}

/** Cuts the interactive ones of the rows into sessions, in order of their start. */
export function sessionsOf(rows: readonly EventRow[], context: SessionContext): Session[] {
  const sorted = rows.filter(({ interactive }) => interactive).sort(compareInSession);
  const runs: EventRow[][] = [];
  const open = new Map<string, EventRow[]>();
  const before = new Map<EventRow[], EventRow>();
  for (const row of sorted) {
    const run = open.get(row.device);
    const last = run?.at(-1);
    if (run && last && !isNewSession(last, row)) {
      run.push(row);
      continue;
    }
    const fresh = [row];
    if (last) before.set(fresh, last);
    open.set(row.device, fresh);
    runs.push(fresh);
  }
  return runs.map((run) => describe(run, before.get(run), context));
}

function isNewSession(last: EventRow, row: EventRow): boolean {
  const changed = last.sessionNo !== null && row.sessionNo !== null && last.sessionNo !== row.sessionNo;
  return changed || row.at - last.at > IDLE_MS;
}

function describe(events: EventRow[], before: EventRow | undefined, { personOf, facts }: SessionContext): Session {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) throw new Error('A session without events.');
  const found = evidenceOf(events, first.at, before?.at).filter((one, _, all) => isNews(one, all, facts));
  const touches = found.map(({ at, sourceKey }) => ({ at, sourceKey }));
  if (touches[0]?.at !== first.at) touches.unshift({ at: first.at, sourceKey: DIRECT });
  return {
    device: first.device,
    person: personOf(lastLogin(events) ?? last),
    start: first.at,
    end: last.at,
    source: found[0]?.sourceKey ?? DIRECT,
    touches,
    events,
  };
}

function lastLogin(events: EventRow[]): EventRow | undefined {
  let login: EventRow | undefined;
  for (const row of events) {
    if (row.userNo === null) continue;
    if (!login?.userNo || row.at > login.at || (row.at === login.at && row.userNo > login.userNo)) login = row;
  }
  return login;
}

interface Item extends Touch {
  /** When the visitor landed; may lie before the session's first event. */
  landedAt: number;
}

/**
 * The sources that the events name, each once, with the earliest landing. Clients repeat the latest touch on every event
 * and keep it for the next visits, so a landing counts only when it belongs to this session: after the device's event
 * before the session, and not more than the idle time before the session.
 */
function evidenceOf(events: EventRow[], start: number, before = Number.NEGATIVE_INFINITY): Item[] {
  const items = new Map<string, Item>();
  for (const { source, landedAt } of events) {
    if (source === null || landedAt <= before || landedAt < start - IDLE_MS) continue;
    const known = items.get(source);
    if (known && known.landedAt <= landedAt) continue;
    items.set(source, { sourceKey: source, landedAt, at: Math.max(landedAt, start) });
  }
  return [...items.values()].sort((a, b) => a.landedAt - b.landedAt || (a.sourceKey < b.sourceKey ? -1 : 1));
}

/**
 * False for a bare referrer that came with a campaign before: after the landing page only the referrer is left of it. And
 * for what each event of an app states, when there was anything else before.
 */
function isNews(item: Item, all: Item[], facts: ReadonlyMap<string, SourceFacts>): boolean {
  const own = facts.get(item.sourceKey);
  if (own && isContextOnly(own)) {
    return !all.some((other) => {
      const otherFacts = facts.get(other.sourceKey);
      return otherFacts && !isContextOnly(otherFacts) && other.landedAt <= item.landedAt;
    });
  }
  if (!own || !isReferrerOnly(own)) return true;
  return !all.some((other) => {
    const otherFacts = facts.get(other.sourceKey);
    return other !== item && other.landedAt <= item.landedAt && otherFacts?.referrer === own.referrer;
  });
}

/** A touch as journeys have it. */
export function pathTouch({ at, sourceKey, kind = 'visit' }: Touch): PathTouch {
  return { at: new Date(at).toISOString(), sourceKey, ...(kind !== 'visit' && { kind }) };
}

/** The order of touches on a path. */
export function compareTouches(a: Touch, b: Touch): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.sourceKey !== b.sourceKey) return a.sourceKey < b.sourceKey ? -1 : 1;
  return rank(a) < rank(b) ? -1 : 1;
}

function rank({ kind = 'visit' }: Touch): string {
  return kind === 'visit' ? '' : kind;
}
