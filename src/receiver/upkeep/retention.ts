import { type EventType, LEDGER_EVENTS } from '../../protocol/index.js';
import { DAY_MS } from '../../protocol/time.js';
import type { StoredEvent } from '../../stores/contract.js';
import type { EventQuery } from '../../stores/revision.js';
import { type RevisionParts, reviseEvents } from './revise.js';

/**
 * How many days events are kept after they happened, by class: the name of a track event (`Order Completed`), else the
 * type of the call (`page`), else `default`. A class without a number is kept for ever; so is the consent ledger, unless
 * it is named (`Segment Consent Preference Updated`).
 */
export type RetentionRules = Readonly<Record<string, number>>;

/** What a run did with one class. */
export interface ClassReport {
  class: string;
  days: number;
  /** Events that happened before this went, ISO 8601. */
  before: string;
  removed: number;
  /**
   * Of these, events that went before a destination of the forwarder had them: a promise about old data is kept, whether or
   * not another system answers, but never silently. Absent when there are none.
   */
  unforwarded?: number;
}

const TYPES: readonly EventType[] = ['track', 'page', 'screen', 'identify', 'group', 'alias'];
/** One transaction of the store and one pass over the log: bounded, so that applying goes on in between. */
const EVENTS_PER_PASS = 20_000;

/** Throws, with a sentence that says what to do, when a rule is no number of days. */
export function checkRetention(rules: RetentionRules): RetentionRules {
  for (const [name, days] of Object.entries(rules)) {
    if (!name || !Number.isFinite(days) || days < 1) {
      throw new Error(`The retention of "${name}" must be a number of days, at least 1.`);
    }
  }
  return rules;
}

/** Removes what is due, from log and store alike. Resolves with a line for each class that has a rule. */
export async function applyRetention(
  parts: RevisionParts,
  rules: RetentionRules,
  nowMs: number,
): Promise<{ classes: ClassReport[]; logRecords: number }> {
  const classes: ClassReport[] = [];
  let logRecords = 0;
  for (const { name, days, queries } of dueQueries(rules)) {
    const before = new Date(nowMs - days * DAY_MS).toISOString();
    let removed = 0;
    let unforwarded = 0;
    for (const query of queries) {
      for (let due = await readDue(parts, query, before); due.length; due = await readDue(parts, query, before)) {
        const revised = await reviseEvents(parts, due, () => undefined);
        removed += revised.removed;
        unforwarded += revised.unforwarded;
        logRecords += revised.logRecords;
      }
    }
    classes.push({ class: name, days, before, removed, ...(unforwarded && { unforwarded }) });
  }
  return { classes, logRecords };
}

async function readDue({ store }: RevisionParts, query: EventQuery, before: string): Promise<StoredEvent[]> {
  const due: StoredEvent[] = [];
  for await (const event of store.events({ ...query, to: before, limit: EVENTS_PER_PASS })) due.push(event);
  return due;
}

interface DueClass {
  name: string;
  days: number;
  queries: EventQuery[];
}

/** The questions that find the events of each class, so that every event is in one class only. */
function dueQueries(rules: RetentionRules): DueClass[] {
  const named = Object.keys(rules).filter((name) => name !== 'default' && !TYPES.includes(name as EventType));
  const ofType = (type: EventType): EventQuery =>
    type === 'track' ? { type, exceptEvents: [...named, ...LEDGER_EVENTS] } : { type };
  return Object.entries(rules).map(([name, days]) => {
    if (named.includes(name)) return { name, days, queries: [{ type: 'track', event: name }] };
    const types =
      name === 'default' ? TYPES.filter((type) => rules[type] === undefined) : TYPES.filter((type) => type === name);
    return { name, days, queries: types.map(ofType) };
  });
}
