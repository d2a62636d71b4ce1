import { CHOICE_EVENTS, LEDGER_EVENTS, WITHDRAWAL_APPLIED_EVENT, type WireEvent } from '../../protocol/index.js';
import type { ConsentAccount, ConsentQuery } from '../consent.js';
import { choiceOf, openConsentBook } from '../consent-book.js';
import { bytesOf, type Session, sqlBounds } from './database.js';
import { parseWire } from './people.js';
import { inTransaction } from './schema.js';

const listSql = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
const IS_CHOICE = `event IN (${listSql(CHOICE_EVENTS)})`;
const IS_EVENT = `(event IS NULL OR event NOT IN (${listSql(LEDGER_EVENTS)}))`;

/**
 * The ledger: of each line when it was and of which device, what stands for its TC or GPP string, and what else of it counts,
 * which thousands of lines have in common. JSON that the engine does not read (half a pair of surrogates) is left whole.
 */
const TOLD_SQL = `
  SELECT device_no, happened, n, message_id,
    CASE WHEN json_valid(text) THEN hash(nullif(json_extract_string(text, '$.properties.string'), '')) >> 11 END AS string,
    CASE WHEN json_valid(text) THEN json_object(
      'properties', json_object(
        'source', json_extract(text, '$.properties.source'), 'version', json_extract(text, '$.properties.version')
      ),
      'context', json_object('consent', json_extract(text, '$.context.consent'))
    )::VARCHAR ELSE text END AS line
  FROM (SELECT device_no, happened, n, message_id, decode(json) AS text FROM events WHERE ${IS_CHOICE})`;

/** The account of the whole store, of one state of it; the rules are those of `accountForConsent`. */
export function readConsent(session: Session, query: ConsentQuery): Promise<ConsentAccount> {
  return inTransaction(session, async () => {
    await session.run(`CREATE OR REPLACE TEMP TABLE told AS ${TOLD_SQL}`);
    const choices = await bookLines(session, query);
    return { ...choices, ...(await readActions(session, query)), ...(await countEvents(session, query)) };
  });
}

async function bookLines(session: Session, query: ConsentQuery): Promise<Pick<ConsentAccount, 'rows' | 'total'>> {
  await session.run(
    'CREATE OR REPLACE TEMP TABLE lines AS SELECT row_number() OVER () - 1 AS line_no, line FROM (SELECT DISTINCT line FROM told)',
  );
  const [lines = []] = await session.columns('SELECT line FROM lines ORDER BY line_no');
  const told = lines.map((line) => choiceOf({ deviceNo: 0, at: 0 }, JSON.parse(String(line)) as WireEvent));
  const [devices = NONE, times = NONE, numbers = NONE, strings = NONE] = await session.numbers(
    `SELECT device_no::DOUBLE, happened::DOUBLE, line_no::DOUBLE, coalesce(string, 0)::DOUBLE
     FROM told JOIN lines USING (line) ORDER BY device_no, happened, n, message_id`,
  );
  const book = openConsentBook(query, {
    first: times.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY),
    last: times.reduce((a, b) => Math.max(a, b), 0),
  });
  for (const [i, device] of devices.entries()) {
    const line = told[numbers[i] ?? 0];
    if (!line) continue;
    const { preferences, source, version, string = strings[i] } = line;
    book.add({ device, at: times[i] ?? 0, preferences, source, version, string });
  }
  return book.figures();
}

const NONE = new Float64Array();

async function readActions(session: Session, query: ConsentQuery): Promise<{ removed: number; trimmed: number }> {
  const [texts = []] = await session.columns(
    `SELECT json FROM events
     WHERE event = '${WITHDRAWAL_APPLIED_EVENT}' AND happened >= $from::BIGINT AND happened < $to::BIGINT`,
    sqlBounds(query),
  );
  const actions = texts.map((text) => parseWire(bytesOf(text)).properties);
  const sum = (name: 'removed' | 'trimmed') => actions.reduce((so, action) => so + (Number(action?.[name]) || 0), 0);
  return { removed: sum('removed'), trimmed: sum('trimmed') };
}

async function countEvents(
  session: Session,
  query: ConsentQuery,
): Promise<Pick<ConsentAccount, 'events' | 'recorded' | 'early'>> {
  const [counts] = await session.rows<{ events: number; recorded: number; early: number }>(
    `SELECT count(*)::DOUBLE AS events, (count(*) FILTER (received >= began))::DOUBLE AS recorded,
       (count(*) FILTER (received < began))::DOUBLE AS early
     FROM events LEFT JOIN (
       SELECT device_no, min(happened) AS began FROM told GROUP BY device_no
     ) USING (device_no)
     WHERE ${IS_EVENT} AND happened >= $from::BIGINT AND happened < $to::BIGINT`,
    sqlBounds(query),
  );
  return counts ?? { events: 0, recorded: 0, early: 0 };
}
