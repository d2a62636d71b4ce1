import { DAY_MS } from '../protocol/time.js';
import type { ReportQuery, Store } from '../stores/contract.js';
import type { AgeQuery } from './answers/age.js';
import { badQuery } from './bad-query.js';
import type { Channels } from './channels/channels.js';
import { checkTimezone, resolvePeriod } from './period.js';

/** What every report can be asked. */
export interface CommonQuery extends AgeQuery {
  /** First day (`2026-11-01`) or instant (`2026-11-01T00:00:00Z`); default 29 days before the last day. */
  from?: string | undefined;
  /** Last day, included, or an instant, excluded; default today. */
  to?: string | undefined;
  /** The event that counts as a conversion; default `Order Completed`. */
  goal?: string | undefined;
  /** Count automated traffic too; default false. */
  bots?: boolean | undefined;
  /** IANA time zone in which days begin; default UTC. */
  timezone?: string | undefined;
  /**
   * Count only these people: `identified`, `anonymous`, `new`, `returning`, `customers`, `returning-customers`, `prospects`,
   * `channel:Email`.
   */
  segment?: string | undefined;
  /**
   * As known at the end of a day (`2026-11-30`) or at an instant: only events that the receiver had by then count, and
   * persons are those that these make. Default periods end then, too. Channel rules are those of today.
   */
  asKnownAt?: string | undefined;
}

/** What a report is made from. */
export interface ReportContext {
  store: Store;
  channels: Channels;
  now: () => Date;
  /** Defaults for queries that do not say. */
  goal: string;
  timezone: string;
  /** ISO code, upper case; of amounts that name no currency. */
  currency?: string | undefined;
  /** Set by `asKnown`, ISO 8601: `store` and `now` are those of that time. */
  knownAt?: string;
}

/** The answer's heading: what was counted, with all defaults filled in. */
export interface ReportHead {
  goal: string;
  /** Included, ISO 8601 in UTC. */
  from: string;
  /** Excluded, ISO 8601 in UTC. */
  to: string;
  timezone: string;
  bots: boolean;
  /** Version of the channel rules. */
  rulesVersion: string;
  /** Only where it was asked for: events received from then on (ISO 8601 in UTC) do not count. */
  asKnownAt?: string;
}

/** What readers of a store are asked, all of it set. */
export type CountedQuery = Required<Omit<ReportQuery, 'knownAt'>>;

/** Fills in defaults and checks values. Throws `BadQuery`. */
export function readCommon(query: CommonQuery, context: ReportContext): ReportHead & CountedQuery {
  const timezone = query.timezone ?? context.timezone;
  checkTimezone(timezone);
  const goal = query.goal ?? context.goal;
  if (!goal) throw badQuery('goal', goal, 'the name of an event such as Order Completed');
  const period = resolvePeriod({ from: query.from, to: query.to, timezone }, context.now());
  const { rulesVersion } = context.channels;
  const { knownAt } = context;
  const known = knownAt === undefined ? {} : { asKnownAt: knownAt };
  return { goal, ...period, timezone, bots: query.bots ?? false, rulesVersion, ...known };
}

/** The value if it is one of the allowed ones, the first of them if there is none. Throws `BadQuery`. */
export function oneOf<T extends string>(
  parameter: string,
  value: string | undefined,
  allowed: readonly [T, ...T[]],
): T {
  if (value === undefined) return allowed[0];
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw badQuery(parameter, value, allowed);
  return found;
}

/** Days before a conversion in which touches count; default 30. Throws `BadQuery`. */
export function readLookback(days: number | undefined): number {
  if (days === undefined) return 30;
  if (!Number.isFinite(days) || days <= 0 || days > 730)
    throw badQuery('lookback', days, 'a number of days from 1 to 730');
  return days;
}

/** The same question, begun earlier by the lookback: touches may lie before the first conversion. */
export function withLookback(query: CountedQuery, lookbackDays: number): ReportQuery {
  const { from, to, goal, bots, timezone } = query;
  const earlier = new Date(Date.parse(from) - lookbackDays * DAY_MS).toISOString();
  return { from: earlier, to, goal, bots, timezone };
}
