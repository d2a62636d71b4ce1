import { isByDay, isByLabel } from '../answers.js';
import type { KpiQuery, KpiRow } from '../contract.js';
import { daysBetween } from '../days.js';
import { NO_KPIS } from '../no-kpis.js';
import { AMOUNT_UNITS } from '../order.js';
import { DIRECT } from '../source.js';
import { appendRows, type Session, sqlBounds, type Value } from './database.js';
import { findDevices, findGoals, GOAL_VISITS } from './goals.js';
import { findVisits } from './kept-visits.js';
import { DIRECT_SOURCE } from './visits.js';

/** The number for conversions of people without any session. */
const NO_SOURCE = -1;

/** The KPI rows of a query; the rules are those of `countKpis`. */
export async function readKpis(session: Session, query: KpiQuery): Promise<KpiRow[]> {
  const range = sqlBounds(query);
  await findGoals(session, query);
  await findVisits(session, query);
  await fillGroups(session, query);
  await creditInside(session, range);
  const sessions = await session.rows<KpiRow>(SESSIONS_SQL, range);
  await creditOutside(session, query, range);
  const conversions = await session.rows<KpiRow>(CONVERSIONS_SQL);
  return combine(query, sessions, conversions);
}

/** The temporary tables `days` and `labels`, from which each session and conversion has its group. */
async function fillGroups(session: Session, query: KpiQuery): Promise<void> {
  const { from, to } = sqlBounds(query);
  const [span] = await session.rows<{ first: number | null; last: number | null }>(
    `SELECT min(happened)::DOUBLE AS first, max(happened)::DOUBLE AS last
     FROM (SELECT start AS happened FROM visits UNION ALL SELECT happened FROM goals)
     WHERE happened >= $from::BIGINT AND happened < $to::BIGINT`,
    { from, to },
  );
  const [first, last] = [span?.first ?? 0, span?.last ?? 0];
  const days = isByDay(query)
    ? daysBetween(first, last, query.timezone)
    : [{ start: Number.NEGATIVE_INFINITY, day: '' }];
  await session.run('CREATE OR REPLACE TEMP TABLE days(begins DOUBLE, day VARCHAR)');
  await appendRows(
    session,
    'days',
    ['DOUBLE', 'VARCHAR'],
    days.map(({ start, day }) => [start, day]),
  );

  const sources = await session.rows<{ id: number; key: string }>('SELECT id, key FROM sources');
  const labelOf = (key: string): string => (isByLabel(query) ? (query.labels?.get(key) ?? '') : '');
  const labels: Value[][] = sources.map(({ id, key }) => [id, labelOf(key)]);
  labels.push([DIRECT_SOURCE, labelOf(DIRECT)], [NO_SOURCE, '']);
  await session.run('CREATE OR REPLACE TEMP TABLE labels(source INTEGER, label VARCHAR)');
  await appendRows(session, 'labels', ['DOUBLE', 'VARCHAR'], labels);
}

/** Conversions in sessions that were cut exactly, i.e. start in the range; fills `goal_visits` and `credited`. */
async function creditInside(session: Session, { from, to }: { from: number; to: number }): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE goal_visits AS
     SELECT found.*, source FROM (${GOAL_VISITS}) AS found JOIN visits USING (device, visit) WHERE start >= $from::BIGINT`,
    { from },
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE credited AS
     SELECT message_id, happened, amount, source FROM goals JOIN goal_visits USING (message_id)
     WHERE happened >= $from::BIGINT AND happened < $to::BIGINT`,
    { from, to },
  );
}

/**
 * The other conversions: in a session that began before the range, or in none. For these few, the whole past of their
 * people is cut into sessions.
 */
async function creditOutside(session: Session, query: KpiQuery, range: { from: number; to: number }): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE outside AS
     SELECT * FROM goals ANTI JOIN credited USING (message_id) WHERE happened >= $from::BIGINT AND happened < $to::BIGINT`,
    range,
  );
  const [count] = await session.rows<{ outside: number }>('SELECT count(*)::DOUBLE AS outside FROM outside');
  if (!count?.outside) return;
  await findDevices(session, 'outside');
  await findVisits(session, query, 'wanted');
  await session.run(
    `INSERT INTO credited
     WITH sourced AS (
       SELECT visits.*, coalesce(key, '${DIRECT}') AS key FROM visits LEFT JOIN sources ON sources.id = visits.source
     ),
     within AS (SELECT found.message_id, source FROM (${GOAL_VISITS}) AS found JOIN sourced USING (device, visit)),
     before AS (
       SELECT message_id, arg_max(source, (start, key)) AS source
       FROM outside JOIN sourced ON sourced.person = person_no AND start <= outside.happened
       GROUP BY message_id
     )
     SELECT message_id, outside.happened, amount, coalesce(within.source, outside.told, before.source, ${NO_SOURCE})
     FROM outside LEFT JOIN within USING (message_id) LEFT JOIN before USING (message_id)`,
  );
}

const SESSIONS_SQL = `
  WITH converting AS (SELECT DISTINCT device, visit FROM goal_visits)
  SELECT day, label, count(*)::DOUBLE AS sessions, count(DISTINCT person)::DOUBLE AS visitors,
    count(DISTINCT visits.device)::DOUBLE AS devices,
    count(*) FILTER ("end" - start >= 10000 OR views >= 2 OR converting.visit IS NOT NULL)::DOUBLE AS "engagedSessions",
    count(converting.visit)::DOUBLE AS "convertingSessions", sum(views)::DOUBLE AS "pageViews",
    sum("end" - start)::DOUBLE / 1000 AS "durationSeconds"
  FROM visits
  LEFT JOIN converting ON converting.device = visits.device AND converting.visit = visits.visit
  JOIN labels USING (source)
  ASOF JOIN days ON days.begins <= visits.start
  WHERE visits.start >= $from::BIGINT AND visits.start < $to::BIGINT
  GROUP BY day, label`;

const CONVERSIONS_SQL = `
  SELECT day, label, count(*)::DOUBLE AS conversions, coalesce(sum(amount), 0)::DOUBLE / ${AMOUNT_UNITS} AS revenue
  FROM credited JOIN labels USING (source) ASOF JOIN days ON days.begins <= credited.happened
  GROUP BY day, label`;

function combine(query: KpiQuery, sessions: KpiRow[], conversions: KpiRow[]): KpiRow[] {
  const groups = new Map<string, KpiRow>();
  const parts = query.by === 'total' ? [{ day: '', label: '' }, ...sessions] : sessions;
  for (const part of [...parts, ...conversions]) {
    const key = JSON.stringify([part.day, part.label]);
    groups.set(key, { ...NO_KPIS, ...groups.get(key), ...part });
  }
  return [...groups.values()]
    .sort((a, b) => compare(a.day, b.day) || compare(a.label, b.label))
    .map(({ day = '', label = '', ...counts }) => ({
      ...(isByDay(query) ? { day } : {}),
      ...(isByLabel(query) ? { label } : {}),
      ...counts,
    }));
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
