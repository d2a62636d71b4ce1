import type { KnownQuery, TimeRange } from '../contract.js';
import { IDLE_MS } from '../stamp/stamp.js';
import { type Session, sqlBounds } from './database.js';

/** The number of direct visits, which are not in the table `sources`. */
export const DIRECT_SOURCE = 0;

/** Which sessions. */
export interface VisitQuery extends TimeRange, KnownQuery {
  bots?: boolean;
}

/** Whether kept sessions answer a question: one about automated traffic, or about what was known earlier, has others. */
export function isKept({ bots = false, knownAt }: VisitQuery): boolean {
  return !bots && knownAt === undefined;
}

/**
 * Cuts events into sessions: fills the temporary tables `visits` (one row per session), `touches` (one row per source
 * that a session names) and `pieces` (see below). The rules are those of sessions.ts; here is how they become quick.
 *
 * Sorting a million events is most of the work, so events are first folded: all of one device in one half hour lie less
 * than the idle time apart, and are one *piece* of one session when they agree on session id, user and source. Where they
 * do not agree (`mixed`), each event is its own piece. Only pieces are sorted.
 *
 * Devices, persons and sources are numbers here, times are milliseconds. With `only`, a temporary table of devices `value`,
 * nothing else is looked at; else sessions that start before the range are left out.
 *
 * Most sessions are `plain`: they have one touch, at their start, of their `source` (direct where they name none), and nobody
 * need look for it in `touches`.
 */
export async function cutVisits(session: Session, query: VisitQuery, only?: string): Promise<void> {
  const { from } = sqlBounds(query);
  // A session that starts in the range has no event in the idle time before it.
  const since = only ? 0 : Math.max(from - IDLE_MS, 0);
  const scope = only ? `SEMI JOIN ${only} AS asked ON asked.value = device_no` : '';
  await session.run(`CREATE OR REPLACE TEMP TABLE pieces AS ${piecesSql(scope)} ${NUMBERED} FROM opened`, {
    bots: query.bots === true,
    since,
    idle: IDLE_MS,
  });
  await cutPieces(session);
  await session.run(`CREATE OR REPLACE TEMP TABLE visits AS ${personsOf('sessions')}`);
}

/** The sessions of a table, with the number of the person of each as it is known now. */
export const personsOf = (sessions: string): string => `
  SELECT cut.*, coalesce(names.canonical_no, cut.user_no, slices.owner_no, cut.device) AS person
  FROM ${sessions} AS cut
  LEFT JOIN names ON names.user_no = cut.user_no
  -- A condition on one side alone would turn the hash join into one of each row with each.
  LEFT JOIN slices ON slices.device_no = CASE WHEN cut.user_no IS NULL THEN cut.device END
    AND slices.begins <= cut."end" AND cut."end" < slices.ends`;

/**
 * Fills `touches` and `sessions` (as `visits`, without persons) for devices from an instant on at which a session of theirs
 * is known to begin: `tails` is a temporary table of `device`, `since` (that instant), `visit` (the number of that session)
 * and `before` (when the device's event before it was, -1 without one). Automated traffic is left out.
 */
export async function cutTails(session: Session, tails: string): Promise<void> {
  const [earliest] = await session.rows<{ since: number | null }>(`SELECT min(since)::DOUBLE AS since FROM ${tails}`);
  const scope = `JOIN ${tails} AS tail ON tail.device = device_no AND happened >= tail.since`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE pieces AS ${piecesSql(scope)}
     SELECT one.* EXCLUDE (before, visit), one.visit + tail.visit - 1 AS visit, coalesce(one.before, tail.before) AS before
     FROM (${NUMBERED} FROM opened) AS one JOIN ${tails} AS tail ON tail.device = one.device`,
    { bots: false, since: earliest?.since ?? 0, idle: IDLE_MS },
  );
  await cutPieces(session);
}

async function cutPieces(session: Session): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE cuts AS ${CUTS_SQL}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE touches AS ${TOUCHES_SQL}`, { idle: IDLE_MS });
  await session.run(
    `CREATE OR REPLACE TEMP TABLE sessions AS
     SELECT cuts.*, coalesce(source, ${DIRECT_SOURCE}) AS source, coalesce(plain, true) AS plain
     FROM cuts LEFT JOIN (
       SELECT device, visit, arg_min(source, (landed, key)) AS source, count(*) = 1 AND bool_and(at_start) AS plain
       FROM touches GROUP BY device, visit
     ) USING (device, visit)`,
  );
}

const piecesSql = (scope: string): string => `
  WITH base AS (
    SELECT device_no AS device, happened, session_no, user_no, CASE WHEN user_no IS NOT NULL THEN happened END AS login,
      page_view, source, CASE WHEN source IS NOT NULL THEN landed END AS landed, happened // $idle::BIGINT AS bucket
    FROM events ${scope}
    WHERE interactive AND (NOT automated OR $bots) AND happened >= $since::BIGINT
  ),
  folded AS (
    SELECT device, bucket, min(happened) AS first, max(happened) AS last, min(session_no) AS session_no,
      min(user_no) AS user_no, max(login) AS login, count(*) FILTER (page_view) AS views,
      min(source) AS source, min(landed) AS landed,
      count(session_no) NOT IN (0, count(*)) OR coalesce(min(session_no) <> max(session_no), false)
        OR coalesce(min(user_no) <> max(user_no), false) OR coalesce(min(source) <> max(source), false)
        OR coalesce(min(landed) < min(happened) AND min(landed) < max(landed), false) AS mixed
    FROM base GROUP BY device, bucket
  ),
  all_pieces AS (
    SELECT * EXCLUDE (mixed, bucket) FROM folded WHERE NOT mixed
    UNION ALL BY NAME
    SELECT base.* EXCLUDE (happened, page_view, bucket), happened AS first, happened AS last, page_view::BIGINT AS views
    FROM base SEMI JOIN (FROM folded WHERE mixed) AS mixed USING (device, bucket)
  ),
  marked AS (
    SELECT *, lag(last) OVER run AS before, lag(session_no) OVER run AS session_before FROM all_pieces
    WINDOW run AS (PARTITION BY device ORDER BY first, session_no NULLS FIRST)
  ),
  opened AS (
    SELECT *, before IS NULL OR first - before > $idle::BIGINT OR coalesce(session_before <> session_no, false) AS opens
    FROM marked
  )`;

const NUMBERED = `
  SELECT * EXCLUDE (session_before), count(*) FILTER (opens)
    OVER (PARTITION BY device ORDER BY first, session_no NULLS FIRST ROWS UNBOUNDED PRECEDING) AS visit`;

/** `opening` is the session id of the first event, -1 without one: it tells apart sessions that begin in one millisecond. */
const CUTS_SQL = `
  SELECT device, visit, min(first) AS start, max(last) AS "end", min(coalesce(before, -1)) AS before_start,
    max(coalesce(session_no, -1)) FILTER (opens) AS opening,
    arg_max(user_no, (login, user_no)) FILTER (user_no IS NOT NULL) AS user_no, sum(views)::BIGINT AS views
  FROM pieces GROUP BY device, visit`;

/** A bare referrer that came with a campaign in the same session before is no news, nor a bare channel after anything else. */
const TOUCHES_SQL = `
  WITH named AS (
    SELECT device, visit, source, min(landed) AS landed, any_value(start) AS start
    FROM pieces JOIN cuts USING (device, visit)
    WHERE source IS NOT NULL AND landed >= start - $idle::BIGINT AND landed > before_start
    GROUP BY device, visit, source
  ),
  described AS (SELECT named.*, key, referrer_only, context_only, referrer FROM named JOIN sources ON sources.id = named.source),
  campaigns AS (
    SELECT device, visit, referrer, min(landed) AS landed FROM described
    WHERE NOT referrer_only AND referrer IS NOT NULL GROUP BY device, visit, referrer
  ),
  earliest AS (
    SELECT device, visit, min(landed) AS landed FROM described
    SEMI JOIN (SELECT device, visit FROM described WHERE context_only) AS bare USING (device, visit)
    WHERE NOT context_only GROUP BY device, visit
  )
  SELECT device, visit, source, key, described.landed, greatest(described.landed, start) AS happened,
    described.landed <= start AS at_start
  FROM described LEFT JOIN campaigns USING (device, visit, referrer) LEFT JOIN earliest USING (device, visit)
  WHERE (NOT referrer_only OR campaigns.landed IS NULL OR campaigns.landed > described.landed)
    AND (NOT context_only OR earliest.landed IS NULL OR earliest.landed > described.landed)`;
