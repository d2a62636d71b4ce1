import { boundsOf } from '../answers.js';
import type { ReportQuery } from '../contract.js';
import { IDLE_MS } from '../stamp.js';
import type { Session } from './database.js';

/** The number of direct visits, which are not in the table `sources`. */
export const DIRECT_SOURCE = 0;

/**
 * Cuts events into sessions: fills the temporary tables `visits` (one row per session), `touches` (one row per source
 * that a session names) and `pieces` (see below). The rules are those of sessions.ts; here is how they become quick.
 *
 * Sorting a million events is most of the work, so events are first folded: all of one device in one half hour lie less
 * than the idle time apart, and are one *piece* of one session when they agree on session id and source. Where they do
 * not agree (`mixed`), each event is its own piece. Only pieces are sorted.
 *
 * Devices and persons are 64-bit hashes here, sources are numbers; times are milliseconds. With `only`, a temporary table
 * of device hashes `value`, nothing else is looked at; else sessions that start before the range are left out.
 */
export async function cutVisits(session: Session, query: ReportQuery, only?: string): Promise<void> {
  const { from } = boundsOf(query);
  await session.run(`CREATE OR REPLACE TEMP TABLE pieces AS ${piecesSql(only)}`, {
    bots: query.bots === true,
    // A session that starts in the range has no event in the idle time before it.
    since: only ? Number.NEGATIVE_INFINITY : from - IDLE_MS,
    idle: IDLE_MS,
  });
  await session.run(`CREATE OR REPLACE TEMP TABLE cuts AS ${CUTS_SQL}`);
  await session.run(`CREATE OR REPLACE TEMP TABLE touches AS ${TOUCHES_SQL}`, { idle: IDLE_MS });
  await session.run(
    `CREATE OR REPLACE TEMP TABLE visits AS
     SELECT cuts.*, coalesce(source, ${DIRECT_SOURCE}) AS source
     FROM cuts LEFT JOIN (SELECT device, visit, source FROM touches WHERE rank = 1) USING (device, visit)`,
  );
}

const piecesSql = (only?: string): string => `
  WITH base AS (
    SELECT hash(device) AS device, happened, session_id, user_id, page_view, source, landed,
      floor(happened / $idle) AS bucket
    FROM events
    WHERE interactive AND (NOT automated OR $bots) AND happened >= $since
      ${only ? `AND hash(device) IN (SELECT value FROM ${only})` : ''}
  ),
  folded AS (
    SELECT device, bucket, min(happened) AS first, max(happened) AS last, min(session_id) AS session_id,
      arg_max(user_id, (happened, user_id)) FILTER (user_id IS NOT NULL) AS user_id,
      max(happened) FILTER (user_id IS NOT NULL) AS login,
      count(*) FILTER (page_view) AS views, min(source) AS source, min(landed) FILTER (source IS NOT NULL) AS landed,
      (count(session_id) > 0 AND (count(session_id) < count(*) OR min(session_id) <> max(session_id)))
        OR coalesce(min(source) <> max(source), false)
        OR coalesce(
             min(landed) FILTER (source IS NOT NULL) < min(happened)
             AND min(landed) FILTER (source IS NOT NULL) < max(landed) FILTER (source IS NOT NULL), false) AS mixed
    FROM base GROUP BY device, bucket
  ),
  all_pieces AS (
    SELECT * EXCLUDE (mixed, bucket) FROM folded WHERE NOT mixed
    UNION ALL BY NAME
    SELECT base.device, happened AS first, happened AS last, base.session_id, base.user_id,
      CASE WHEN base.user_id IS NOT NULL THEN happened END AS login, base.page_view::INT AS views, base.source,
      CASE WHEN base.source IS NOT NULL THEN base.landed END AS landed
    FROM base SEMI JOIN (FROM folded WHERE mixed) AS mixed USING (device, bucket)
  ),
  marked AS (
    SELECT *, lag(last) OVER run AS before, lag(session_id) OVER run AS before_id FROM all_pieces
    WINDOW run AS (PARTITION BY device ORDER BY first, session_id NULLS FIRST)
  )
  SELECT * EXCLUDE (before_id), sum(
      (before IS NULL OR first - before > $idle OR coalesce(before_id <> session_id, false))::INT
    ) OVER (PARTITION BY device ORDER BY first, session_id NULLS FIRST ROWS UNBOUNDED PRECEDING) AS visit
  FROM marked`;

const CUTS_SQL = `
  WITH cut AS (
    SELECT device, visit, min(first) AS start, max(last) AS "end", min(coalesce(before, '-infinity'::DOUBLE)) AS before_start,
      arg_max(user_id, (login, user_id)) FILTER (user_id IS NOT NULL) AS user_id, sum(views) AS views
    FROM pieces GROUP BY device, visit
  ),
  owners AS (SELECT hash('a' || device) AS device, begins, ends, hash('u' || owner) AS owner FROM slices WHERE owner IS NOT NULL)
  SELECT cut.* EXCLUDE (user_id),
    -- hash(NULL) is a number, so it cannot stand in coalesce.
    CASE WHEN cut.user_id IS NOT NULL THEN hash('u' || coalesce(names.canonical, cut.user_id))
      ELSE coalesce(owners.owner, cut.device) END AS person
  FROM cut
  LEFT JOIN names ON names.user_id = cut.user_id
  LEFT JOIN owners ON cut.user_id IS NULL AND owners.device = cut.device
    AND owners.begins <= cut."end" AND cut."end" < owners.ends`;

/** `at` is when the touch counts, `rank` its order in the session. A bare referrer that came with a campaign is no news. */
const TOUCHES_SQL = `
  WITH named AS (
    SELECT device, visit, source, min(landed) AS landed
    FROM pieces JOIN cuts USING (device, visit)
    WHERE source IS NOT NULL AND landed >= start - $idle AND landed > before_start
    GROUP BY device, visit, source
  ),
  described AS (
    SELECT named.*, key, referrer_only, referrer,
      min(landed) FILTER (NOT referrer_only) OVER (PARTITION BY device, visit, referrer) AS campaign_landed
    FROM named JOIN sources ON sources.id = named.source
  )
  SELECT device, visit, source, greatest(landed, start) AS happened, landed <= start AS at_start,
    row_number() OVER (PARTITION BY device, visit ORDER BY landed, key) AS rank
  FROM described JOIN cuts USING (device, visit)
  WHERE NOT referrer_only OR campaign_landed IS NULL OR campaign_landed > landed`;
