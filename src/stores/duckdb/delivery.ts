import {
  addPieces,
  type DeliveryPiece,
  type DeliveryQuery,
  type DeliveryRow,
  LATE_MINUTES,
  type LaneEnd,
  laneEndOf,
  PIECE_MS,
  pieceOf,
  type RefusedEvent,
} from '../delivery.js';
import type { EventRow } from '../stamp/stamp.js';
import { appendRows, type Session } from './database.js';

/** What the delivery report needs besides events. Browsers by name: these tables stay small. */
export const DELIVERY_TABLES = [
  // How far page loads had counted, as the next one of the same device says.
  'lane_ends(lane_no BIGINT, n BIGINT, happened BIGINT, browser VARCHAR)',
  'refused_events(lane_no BIGINT, n BIGINT, code VARCHAR, received BIGINT)',
  // How many copies came again in each quarter of an hour.
  'copies(received BIGINT, browser VARCHAR, copies BIGINT)',
];

/** Writes what a batch says about deliveries, in the caller's transaction. */
export async function appendDelivery(
  session: Session,
  stored: readonly EventRow[],
  copies: readonly EventRow[],
  refused: readonly RefusedEvent[],
): Promise<void> {
  const ends = stored.flatMap((row) => laneEndOf(row) ?? []);
  const toValues = ({ laneNo, n, at, browser }: LaneEnd) => [laneNo, n, at, browser];
  await appendRows(session, 'lane_ends', ['DOUBLE', 'DOUBLE', 'DOUBLE', 'VARCHAR'], ends.map(toValues));
  await appendRows(
    session,
    'refused_events',
    ['DOUBLE', 'DOUBLE', 'VARCHAR', 'DOUBLE'],
    refused.map(({ laneNo, n, code, at }) => [laneNo, n, code, at]),
  );
  const counts = new Map<string, [at: number, browser: string | null, copies: number]>();
  for (const { receivedAt, browser } of copies) {
    const at = pieceOf(receivedAt);
    const count = counts.get(`${at} ${browser}`) ?? [at, browser, 0];
    count[2] += 1;
    counts.set(`${at} ${browser}`, count);
  }
  await appendRows(session, 'copies', ['DOUBLE', 'VARCHAR', 'DOUBLE'], [...counts.values()]);
}

/** Forgets the page loads of events that are about to be deleted (table `gone`): what is missing of them is not lost. */
export async function forgetLanes(session: Session): Promise<void> {
  const touched = 'SELECT lane_no FROM events WHERE lane_no IS NOT NULL AND seq IN (FROM gone)';
  for (const table of ['lane_ends', 'refused_events']) {
    await session.run(`DELETE FROM ${table} WHERE lane_no IN (${touched})`);
  }
  await session.run(`UPDATE events SET lane_no = NULL WHERE lane_no IN (${touched}) AND seq NOT IN (FROM gone)`);
}

/** The rows of a query; the rules are those of `accountFor`. */
export async function readDelivery(session: Session, query: DeliveryQuery): Promise<DeliveryRow[]> {
  const late = (query.lateMinutes ?? LATE_MINUTES) * 60_000;
  await session.run(`CREATE OR REPLACE TEMP TABLE lanes AS ${LANES_SQL}`, { late });
  const piece = `first_at - first_at % ${PIECE_MS} AS at_piece`;
  const pieces = await session.rows<DeliveryPiece>(
    `SELECT at_piece::DOUBLE AS "at", browser, count(*)::DOUBLE AS "pageLoads", sum(tracked)::DOUBLE AS tracked,
       sum(received)::DOUBLE AS received, sum(greatest(tracked - received - refused, 0))::DOUBLE AS lost,
       sum(late)::DOUBLE AS late
     FROM (SELECT *, ${piece} FROM lanes) GROUP BY at_piece, browser`,
  );
  const refusals = await session.rows<DeliveryPiece>(
    `SELECT at_piece::DOUBLE AS "at", browser, code, count(*)::DOUBLE AS refused
     FROM (SELECT *, ${piece} FROM lanes) JOIN (${REFUSED_SQL}) USING (lane_no) GROUP BY at_piece, browser, code`,
  );
  const copies = await session.rows<DeliveryPiece>(
    'SELECT received::DOUBLE AS "at", browser, sum(copies)::DOUBLE AS duplicates FROM copies GROUP BY received, browser',
  );
  return addPieces(query, [...pieces, ...refusals, ...copies]);
}

const REFUSED_SQL = `
  SELECT lane_no, n, min(code) AS code, min(received) AS received FROM refused_events
  ANTI JOIN (SELECT lane_no, n FROM events WHERE lane_no IN (SELECT lane_no FROM refused_events)) AS taken USING (lane_no, n)
  GROUP BY lane_no, n`;

const LANES_SQL = `
  WITH numbered AS (
    SELECT lane_no, n, min(happened) AS happened, arg_min(agent, happened) AS agent,
      bool_or(received - happened > $late::BIGINT) AS late
    FROM events WHERE lane_no IS NOT NULL AND n > 0 GROUP BY lane_no, n
  ),
  seen AS (
    SELECT lane_no, count(*) AS received, max(n) AS top, arg_min(happened, n) AS first_at, arg_min(agent, n) AS agent,
      count(*) FILTER (late) AS late
    FROM numbered GROUP BY lane_no
  ),
  ends AS (
    SELECT lane_no, max(n) AS top, arg_min(happened, happened) AS first_at, arg_min(browser, happened) AS browser
    FROM lane_ends GROUP BY lane_no
  ),
  refused AS (SELECT lane_no, max(n) AS top, count(*) AS refused, min(received) AS first_at FROM (${REFUSED_SQL}) GROUP BY lane_no)
  SELECT lane_no, coalesce(seen.received, 0) AS received, coalesce(refused, 0) AS refused, coalesce(late, 0) AS late,
    greatest(coalesce(seen.top, 0), coalesce(ends.top, 0), coalesce(refused.top, 0)) AS tracked,
    coalesce(seen.first_at, ends.first_at, refused.first_at) AS first_at,
    CASE WHEN seen.lane_no IS NULL THEN ends.browser ELSE agents.browser END AS browser
  FROM seen FULL JOIN ends USING (lane_no) FULL JOIN refused USING (lane_no) LEFT JOIN agents ON agents.id = seen.agent`;
