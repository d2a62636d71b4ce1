import type { SourceFacts } from './contract.js';
import { compareRows, type Session, type SessionContext, type Touch } from './sessions.js';
import { DIRECT } from './stamp/source.js';
import type { EventRow } from './stamp/stamp.js';
import type { ToldKind } from './stamp/touch-events.js';

/** Touches of one source so near to each other are one: the click as the mailer reports it, and the landing. */
export const SAME_MS = 30 * 60_000;

/** A touch outside of sessions, in milliseconds, and whose. */
export interface ToldTouch extends Touch {
  person: string;
  kind: ToldKind;
}

/**
 * The touches that events outside of sessions are, oldest first. Events of one contact count once, at the earliest; so do
 * those of one person, source and kind that follow each other within half an hour; and what a visit shows within half an
 * hour is left to the visit.
 */
export function toldTouches(
  rows: readonly EventRow[],
  sessions: readonly Session[],
  { personOf, facts }: SessionContext,
): ToldTouch[] {
  const once = new Set<string>();
  const last = new Map<string, number>();
  const found: ToldTouch[] = [];
  for (const row of rows.filter(isTold).sort(compareRows)) {
    const person = personOf(row);
    const contact = row.once === null ? undefined : JSON.stringify([person, row.once]);
    if (contact !== undefined && once.has(contact)) continue;
    if (contact !== undefined) once.add(contact);
    const run = JSON.stringify([person, row.source, row.touch]);
    const before = last.get(run) ?? Number.NEGATIVE_INFINITY;
    last.set(run, row.at);
    if (row.at - before > SAME_MS) found.push({ person, at: row.at, sourceKey: row.source, kind: row.touch });
  }
  const visits = touchesByPerson(sessions);
  return found.filter(({ person, at, sourceKey }) => {
    const near = visits.get(person)?.filter((visit) => Math.abs(visit.at - at) <= SAME_MS) ?? [];
    return !near.some((visit) => isSameSource(factsOf(facts, sourceKey), factsOf(facts, visit.sourceKey)));
  });
}

/** An event that is a touch of its own; one whose facts were taken away later is none. */
function isTold(row: EventRow): row is EventRow & { touch: ToldKind; source: string } {
  return row.touch !== null && row.source !== null;
}

function touchesByPerson(sessions: readonly Session[]): Map<string, Touch[]> {
  const found = new Map<string, Touch[]>();
  for (const { person, touches } of sessions) {
    const all = found.get(person);
    if (all) all.push(...touches);
    else found.set(person, [...touches]);
  }
  return found;
}

function factsOf(facts: ReadonlyMap<string, SourceFacts>, key: string): SourceFacts {
  return facts.get(key) ?? { key };
}

/**
 * Whether a visit's source can be the one that an event told: what both say is equal, case aside, and the event says more
 * than nothing. Systems that report a click often know less of its campaign than the link that was followed.
 */
export function isSameSource(told: SourceFacts, visit: SourceFacts): boolean {
  if (visit.key === DIRECT) return false;
  if (told.key === visit.key) return true;
  if (told.context !== undefined && told.context !== visit.context) return false;
  const campaign = told.campaign ?? told.campaignId;
  if (!told.source && !told.medium && !campaign) return false;
  const agrees = (value: string | undefined, ...among: (string | undefined)[]): boolean =>
    value === undefined || among.some((other) => other?.toLowerCase() === value.toLowerCase());
  return (
    agrees(told.source, visit.source) &&
    agrees(told.medium, visit.medium) &&
    agrees(campaign, visit.campaign, visit.campaignId)
  );
}
