import { compareTexts } from '../compare-texts.js';
import type { KpiQuery, KpiRow } from '../contract.js';
import { type CurrencySum, isByDay, isByLabel, sumAmounts } from '../count-kpis.js';
import { dayAt, daysBetween } from '../days.js';
import { NO_KPIS } from '../no-kpis.js';
import { DIRECT } from '../stamp/source.js';
import { appendRows, type Session, sqlBounds, type Value } from './database.js';
import { findDevices, findGoals, GOAL_VISITS } from './goals.js';
import { findVisits, viewVisits } from './kept/visits.js';
import { countReached, findReached } from './reached.js';
import { DIRECT_SOURCE, isKept } from './visits.js';

/** The KPI rows of a query; the rules are those of `countKpis`. */
export async function readKpis(session: Session, query: KpiQuery): Promise<KpiRow[]> {
  const range = sqlBounds(query);
  await findGoals(session, query);
  await viewVisits(session, query);
  const nameOf = await fillGroups(session, query);
  await creditInside(session, range);
  const sessions = await session.rows<NumberedRow>(sessionsSql(query.by === 'total' ? IN_ALL : BY_GROUP), range);
  // Not with grouping sets, which count distinct people of all groups and of one in twice the time.
  const all = query.total && query.by !== 'total' ? await session.rows<NumberedRow>(sessionsSql(IN_ALL), range) : [];
  await creditOutside(session, query, range);
  const people = await countReached(session, range);
  const conversions = await session.rows<NumberedSum>(CONVERSIONS_SQL);
  const rows = combine(query, [...sessions, ...people.rows].map(nameOf), sumGroups(query, conversions).map(nameOf));
  if (!query.total || query.by === 'total') return rows;
  const whole = conversions.map((sum) => ({ ...sum, day: 0, label: 0 }));
  return [
    ...rows,
    ...combine({ ...query, by: 'total' }, [...all, people.total].map(nameOf), sumGroups(query, whole).map(nameOf)),
  ];
}

/** A row whose group is two numbers: grouping by texts costs several times more. */
type NumberedRow = Omit<KpiRow, 'day' | 'label'> & { day: number; label: number };

/** Turns the numbers of a row into names. */
type NameRow = <T extends { day: number; label: number }>(row: T) => Omit<T, 'day' | 'label'> & Named;

interface Named {
  day: string;
  label: string;
}

/** Conversions of a group in one currency. */
type NumberedSum = CurrencySum & { day: number; label: number; currency: string };

/** One row for each group, out of one for each group and currency. */
function sumGroups(query: KpiQuery, found: readonly NumberedSum[]) {
  const groups = new Map<string, { day: number; label: number; sums: Map<string, CurrencySum> }>();
  for (const { day, label, currency, conversions, units } of found) {
    const key = `${day} ${label}`;
    const group = groups.get(key) ?? { day, label, sums: new Map<string, CurrencySum>() };
    groups.set(key, group);
    const known = group.sums.get(currency) ?? { conversions: 0, units: 0 };
    group.sums.set(currency, { conversions: known.conversions + conversions, units: known.units + units });
  }
  return [...groups.values()].map(({ day, label, sums }) => ({ day, label, ...sumAmounts(sums, query) }));
}

/**
 * The temporary tables `moments` (the number of the day of each `moment_of`) and `labels`, from which
 * each session and conversion has its group. Returns what turns the numbers of a row into names.
 */
async function fillGroups(session: Session, query: KpiQuery): Promise<NameRow> {
  const dayNames = await fillMoments(session, query);
  const labelNames = [''];
  const labelOf = (key: string): number => {
    const label = isByLabel(query) ? (query.labels?.get(key) ?? '') : '';
    if (!labelNames.includes(label)) labelNames.push(label);
    return labelNames.indexOf(label);
  };
  const sources = await session.rows<{ id: number; key: string }>('SELECT id, key FROM sources');
  const labels: Value[][] = sources.map(({ id, key }) => [id, labelOf(key)]);
  labels.push([DIRECT_SOURCE, labelOf(DIRECT)]);
  await session.run('CREATE OR REPLACE TEMP TABLE labels(source INTEGER, label INTEGER)');
  await appendRows(session, 'labels', ['DOUBLE', 'DOUBLE'], labels);
  return (row) => ({ ...row, day: dayNames[row.day] ?? '', label: labelNames[row.label] ?? '' });
}

/** Days of all zones begin at a quarter of an hour, except long ago. */
const QUARTER_MS = 900_000;
const SECOND_MS = 1000;

/**
 * Few moments, in one of which each session and conversion lies, are given their days here: an ASOF join of all sessions
 * with the days takes seconds where the engine guesses their number wrong. Returns the names of the days.
 */
async function fillMoments(session: Session, query: KpiQuery): Promise<string[]> {
  const { from, to } = sqlBounds(query);
  // Not of the view, which would look up everybody's person.
  const visits = isKept(query) ? 'kept_visits' : 'visits';
  const times = `SELECT happened FROM (SELECT start AS happened FROM ${visits} UNION ALL SELECT happened FROM goals)
     WHERE happened >= $from::BIGINT AND happened < $to::BIGINT`;
  const [span] = await session.rows<{ first: number | null; last: number | null }>(
    `SELECT min(happened)::DOUBLE AS first, max(happened)::DOUBLE AS last FROM (${times})`,
    { from, to },
  );
  const days = isByDay(query) ? daysBetween(span?.first ?? 0, span?.last ?? 0, query.timezone) : [];
  const width = days.every(({ start }) => start % QUARTER_MS === 0) ? QUARTER_MS : SECOND_MS;
  await session.run('CREATE OR REPLACE TEMP TABLE moments(moment BIGINT, day INTEGER)');
  await session.run(`CREATE OR REPLACE TEMP MACRO moment_of(happened) AS happened // ${width}`);
  const moments = await session.rows<{ moment: number }>(
    `SELECT DISTINCT moment_of(happened)::DOUBLE AS moment FROM (${times})`,
    { from, to },
  );
  const dayNames = ['', ...days.map(({ day }) => day)];
  const numbers = new Map(dayNames.map((day, i) => [day, i]));
  await appendRows(
    session,
    'moments',
    ['DOUBLE', 'DOUBLE'],
    moments.map(({ moment }) => [moment, numbers.get(dayAt(days, moment * width)) ?? 0]),
  );
  return dayNames;
}

/** Conversions in sessions that were cut exactly, i.e. start in the range; fills `goal_visits` and `credited`. */
async function creditInside(session: Session, { from, to }: { from: number; to: number }): Promise<void> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE goal_visits AS
     FROM (${GOAL_VISITS}) WHERE start >= $from::BIGINT`,
    { from },
  );
  await session.run(
    `CREATE OR REPLACE TEMP TABLE credited AS
     SELECT message_id, person_no, happened, amount, currency, source FROM goals JOIN goal_visits USING (message_id)
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
  await findReached(session, range);
  const [count] = await session.rows<{ outside: number }>('SELECT count(*)::DOUBLE AS outside FROM outside');
  if (!count?.outside) return;
  await findDevices(session, 'outside');
  await findVisits(session, query, 'wanted');
  await session.run(
    `INSERT INTO credited
     WITH sourced AS (
       SELECT visits.*, coalesce(key, '${DIRECT}') AS key FROM visits LEFT JOIN sources ON sources.id = visits.source
     ),
     within AS (SELECT message_id, source FROM (${GOAL_VISITS})),
     before AS (
       SELECT message_id, arg_max(source, (start, key)) AS source
       FROM outside JOIN sourced ON sourced.person = person_no AND start <= outside.happened
       GROUP BY message_id
     )
     SELECT message_id, person_no, outside.happened, amount, currency, coalesce(within.source, outside.told, before.source, ${DIRECT_SOURCE})
     FROM outside LEFT JOIN within USING (message_id) LEFT JOIN before USING (message_id)`,
  );
}

const BY_GROUP = {
  group: 'day, label',
  joins: `JOIN labels USING (source) JOIN moments ON moments.moment = moment_of(visits.start)`,
  by: 'GROUP BY day, label',
};

const IN_ALL = { group: '0 AS day, 0 AS label', joins: '', by: 'HAVING count(*) > 0' };

const sessionsSql = ({ group, joins, by }: typeof BY_GROUP): string => `
  WITH converting AS (SELECT DISTINCT device, visit FROM goal_visits)
  SELECT ${group}, count(*)::DOUBLE AS sessions, count(DISTINCT person)::DOUBLE AS visitors,
    count(DISTINCT visits.device)::DOUBLE AS devices,
    count(*) FILTER ("end" - start >= 10000 OR views >= 2 OR converting.visit IS NOT NULL)::DOUBLE AS "engagedSessions",
    count(converting.visit)::DOUBLE AS "convertingSessions", sum(views)::DOUBLE AS "pageViews",
    sum("end" - start)::DOUBLE / 1000 AS "durationSeconds"
  FROM visits
  LEFT JOIN converting ON converting.device = visits.device AND converting.visit = visits.visit
  ${joins}
  WHERE visits.start >= $from::BIGINT AND visits.start < $to::BIGINT
  ${by}`;

const CONVERSIONS_SQL = `
  SELECT day, label, coalesce(currency, '') AS currency, count(*)::DOUBLE AS conversions,
    coalesce(sum(amount), 0)::DOUBLE AS units
  FROM credited JOIN labels USING (source) JOIN moments ON moments.moment = moment_of(credited.happened)
  GROUP BY day, label, coalesce(currency, '')`;

function combine(
  query: KpiQuery,
  sessions: readonly (Partial<KpiRow> & Named)[],
  conversions: readonly (Partial<KpiRow> & Named)[],
): KpiRow[] {
  const groups = new Map<string, KpiRow>();
  const parts = query.by === 'total' ? [{ day: '', label: '' }, ...sessions] : sessions;
  for (const part of [...parts, ...conversions]) {
    const key = JSON.stringify([part.day, part.label]);
    groups.set(key, { ...NO_KPIS, ...(query.amounts && { amounts: [] }), ...groups.get(key), ...part });
  }
  return [...groups.values()]
    .sort((a, b) => compareTexts(a.day, b.day) || compareTexts(a.label, b.label))
    .map(({ day = '', label = '', ...counts }) => ({
      ...(isByDay(query) ? { day } : {}),
      ...(isByLabel(query) ? { label } : {}),
      ...counts,
    }));
}
