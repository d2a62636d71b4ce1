import type { ThreadQuery } from '../../contract.js';
import { STRETCH_MS } from '../../thread-firsts.js';
import { type Session, sqlBounds } from '../database.js';
import { COUNTED_JOINS, PERSON_NO } from '../goals.js';
import { notKept } from '../kept/goals.js';
import { keptSpans, stretchesSql } from '../kept/spans.js';

/** The names of a query that are folded, by number. */
type Folded = ReadonlyMap<string, number>;

/**
 * Fills `thread_events` with the first events of `firsts` (see `ThreadQuery`) and all others of `goals`. Out of stretches,
 * where `goals` has none of the `folded` (use in `withKept`, for sessions that are kept): of many events few are read one by
 * one then, those of stretches in which something else happened. Use when `goals`, `asked` and `thread_visits` are filled,
 * and `visits` is there.
 */
export async function fillFirsts(
  session: Session,
  query: ThreadQuery,
  { folded, isLean }: { folded: Folded; isLean: boolean },
): Promise<void> {
  const range = sqlBounds(query);
  const numbers = `(${[...folded.values()].join(', ')})`;
  const frequent = isLean ? await viewSpans(session, folded, range) : [];
  if (!isLean) await session.run(`CREATE OR REPLACE TEMP TABLE spans AS ${spansOf(`goals WHERE name IN ${numbers}`)}`);
  const others = `goals WHERE name NOT IN ${numbers}`;
  await findParted(session, { frequent, others, visits: !query.without?.includes('visits') });
  const isParted = await isFilled(session, 'parted');
  const single = isLean ? oneByOne('parted') : `SELECT goals.* FROM goals JOIN parted ON ${OF_GOALS}`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE thread_events AS
     SELECT person, happened, name FROM (
       SELECT person_no AS person, happened, name FROM ${others}
       UNION ALL
       SELECT person, first, name FROM spans ${isParted ? `ANTI JOIN parted ON ${SAME}` : ''}
       ${isParted ? `UNION ALL SELECT person_no, happened, name FROM (${single})` : ''}
     ) ORDER BY person, happened, name`,
    range,
  );
  for (const view of isLean ? ['spans', 'folded'] : []) await session.run(`DROP VIEW temp.${view}`);
  const tables = ['turns', 'few', 'split', 'split_spans', 'rare', 'near', 'shared', 'parted'];
  for (const table of isLean ? tables : [...tables, 'spans']) await session.run(`DROP TABLE IF EXISTS temp.${table}`);
}

/**
 * Makes `spans` of stretches, nearly all of which are as they are kept: a view, because one thread alone reads a table that was
 * filled in the same transaction. Returns the numbers of names that are frequent.
 */
async function viewSpans(
  session: Session,
  folded: Folded,
  range: { from: number; to: number },
): Promise<readonly number[]> {
  const frequent = await viewStretches(session, folded);
  const isSplit = await findSplit(session, range);
  if (isSplit)
    await session.run(`CREATE OR REPLACE TEMP TABLE split_spans AS ${spansOf(`(${oneByOne('split')})`)}`, range);
  // A view takes no parameters.
  await session.run(
    `CREATE OR REPLACE TEMP VIEW spans AS
     SELECT ${PERSON_NO} AS person, e.device_no, e.user_no, name, stretch, first, last, interactive
     FROM (SELECT *, first AS happened FROM folded ${isSplit ? `ANTI JOIN split ON ${sameStretch('folded')}` : ''}) AS e
     ${COUNTED_JOINS}
     WHERE last >= ${Math.ceil(range.from)} AND first < ${Math.ceil(range.to)}
     ${isSplit ? 'UNION ALL BY NAME FROM split_spans' : ''}`,
  );
  return frequent;
}

async function isFilled(session: Session, table: string): Promise<boolean> {
  const [count] = await session.rows<{ rows: number }>(`SELECT count(*)::DOUBLE AS rows FROM ${table}`);
  return count !== undefined && count.rows > 0;
}

/** Makes `folded`, a view of all stretches of some names. Returns the numbers of those that are kept. */
async function viewStretches(session: Session, folded: Folded): Promise<readonly number[]> {
  const kept = await keptSpans(session);
  // Where few events are copied, they are read.
  const many = await notKept(session, [...folded.keys()]);
  const values: { [name: string]: string } = {};
  const few: string[] = [];
  const views = ['FROM few'];
  const frequent: number[] = [];
  for (const [name, number] of folded) {
    const keptAs = many.includes(name) ? kept.get(name) : undefined;
    if (keptAs === undefined) {
      values[`name_${number}_`] = name;
      few.push(stretchesSql(number, `${many.includes(name) ? 'events' : 'kept_goals'} WHERE event = $name_${number}_`));
      continue;
    }
    frequent.push(number);
    views.push(
      `SELECT device_no, user_no, ${number} AS name, stretch, first, last, interactive FROM kept_spans WHERE name = ${keptAs}`,
    );
  }
  const stretches = few.join(' UNION ALL ') || 'FROM kept_spans LIMIT 0';
  await session.run(`CREATE OR REPLACE TEMP TABLE few AS ${stretches}`, values);
  await session.run(`CREATE OR REPLACE TEMP VIEW folded AS ${views.join(' UNION ALL BY NAME ')}`);
  return frequent;
}

/** Fills `split` with those that the range, or a device's going over to another person, cuts; true if there are any. */
async function findSplit(session: Session, range: { from: number; to: number }): Promise<boolean> {
  await session.run(
    `CREATE OR REPLACE TEMP TABLE turns AS
     SELECT device_no, begins AS turn FROM slices WHERE begins <> '-infinity'::DOUBLE
     UNION ALL SELECT device_no, ends FROM slices WHERE ends <> 'infinity'::DOUBLE`,
  );
  const turned = `UNION
    SELECT folded.* FROM folded JOIN turns ON turns.device_no = folded.device_no
    WHERE user_no IS NULL AND turn > first AND turn <= last AND last >= $from::BIGINT AND first < $to::BIGINT`;
  await session.run(
    `CREATE OR REPLACE TEMP TABLE split AS
     SELECT * FROM folded
     WHERE (first < $from::BIGINT AND last >= $from::BIGINT) OR (first < $to::BIGINT AND last >= $to::BIGINT)
     ${(await isFilled(session, 'turns')) ? turned : ''}`,
    range,
  );
  return isFilled(session, 'split');
}

/** Events of the stretches in a table, one by one. */
const oneByOne = (table: 'split' | 'parted'): string => `
  SELECT ${PERSON_NO} AS person_no, e.device_no, e.user_no, e.happened, asked.name
  FROM events AS e JOIN asked ON asked.value = e.event
  JOIN ${table} ON ${table}.name = asked.name AND ${table}.device_no = e.device_no
    AND ${table}.user_no IS NOT DISTINCT FROM e.user_no AND ${table}.stretch = e.happened // ${STRETCH_MS}
  ${COUNTED_JOINS}
  WHERE NOT automated AND e.happened >= $from::BIGINT AND e.happened < $to::BIGINT
    ${table === 'parted' ? `AND ${PERSON_NO} = parted.person` : ''}`;

const spansOf = (events: string): string => `
  SELECT person_no AS person, device_no, user_no, name, happened // ${STRETCH_MS} AS stretch, min(happened) AS first,
    max(happened) AS last, false AS interactive
  FROM ${events} GROUP BY ALL`;

const OF_GOALS = `parted.person = person_no AND parted.device_no = goals.device_no
  AND parted.user_no IS NOT DISTINCT FROM goals.user_no AND parted.name = goals.name
  AND parted.stretch = happened // ${STRETCH_MS}`;

const SAME = `parted.person = spans.person AND parted.device_no = spans.device_no
  AND parted.user_no IS NOT DISTINCT FROM spans.user_no AND parted.name = spans.name AND parted.stretch = spans.stretch`;

const sameStretch = (table: string): string =>
  `split.device_no = ${table}.device_no AND split.user_no IS NOT DISTINCT FROM ${table}.user_no
   AND split.name = ${table}.name AND split.stretch = ${table}.stretch`;

/**
 * Fills `parted` with the stretches in which a visit began, or something else that was asked for happened, behind the first
 * event; each once, whatever it met. Of frequent names there are as many as of visits: what is few of what they could meet
 * is in tables of their own, by which the engine knows that it is.
 */
async function findParted(
  session: Session,
  { frequent, others, visits }: { frequent: readonly number[]; others: string; visits: boolean },
): Promise<void> {
  const goals = `SELECT person_no AS person, happened // ${STRETCH_MS} AS stretch, happened AS first, happened AS last, name FROM ${others}`;
  const spans = 'SELECT person, stretch, first, last, name FROM';
  const begun = (table: string, which: string): string[] =>
    visits
      ? [
          `SELECT person, start // ${STRETCH_MS}, start AS first, start AS last, -1 AS name FROM ${table} WHERE ${which}`,
        ]
      : [];
  const fill = (table: string, sql: string) => session.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${sql}`);
  await fill('rare', `FROM spans WHERE name NOT IN (${[-1, ...frequent]})`);
  const parts = [partedBy('rare', 'true', [goals, `${spans} spans`, ...begun('thread_visits', 'true')])];
  if (frequent.length) {
    await fill('near', [goals, `${spans} rare`, ...begun('visits', FOLLOWS)].join(' UNION ALL '));
    await fill('shared', `FROM spans WHERE name IN (${frequent}) AND last > first AND ${MEETS_OTHERS}`);
    parts.push(partedBy('shared', 'true', begun('visits', 'true')));
  }
  for (const name of frequent) {
    const rest = frequent.filter((other) => other !== name);
    const around = [`${spans} near`, ...(rest.length ? [`${spans} spans WHERE name IN (${rest})`] : [])];
    parts.push(partedBy('spans', `spans.name = ${name}`, around));
  }
  await fill('parted', `SELECT DISTINCT * FROM (${parts.filter(Boolean).join(' UNION ALL ')})`);
}

/** Stretches of a table around which something was; empty where that can be nothing. */
function partedBy(table: string, which: string, around: readonly string[]): string {
  if (!around.length) return '';
  return `
    SELECT spans.person, device_no, user_no, spans.name, spans.stretch
    FROM ${table} AS spans JOIN (${around.join(' UNION ALL ')}) AS other(person, stretch, first, last, name)
      ON other.person = spans.person AND other.stretch = spans.stretch
    WHERE other.name <> spans.name AND other.first <= spans.last AND other.last > spans.first
      AND spans.last > spans.first AND ${which}`;
}

/** The device's event before the visit was in the same stretch: only such a visit can begin behind a page's event of its device. */
const FOLLOWS = `before_start >= start - start % ${STRETCH_MS}`;

/** Visits of other devices may lie in the stretch, or events in it that visits are not made of. */
const MEETS_OTHERS = '(user_no IS NOT NULL OR person <> device_no OR NOT interactive)';
