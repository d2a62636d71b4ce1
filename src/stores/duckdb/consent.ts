import { CHOICE_EVENTS, LEDGER_EVENTS, WITHDRAWAL_APPLIED_EVENT } from '../../protocol/index.js';
import type { ConsentAccount, ConsentQuery } from '../consent.js';
import { type ConsentBook, choiceOf, openConsentBook } from '../consent-book.js';
import { bytesOf, type Session, sqlBounds } from './database.js';
import { parseWire } from './people.js';
import { inTransaction } from './schema.js';

const listSql = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');
const IS_CHOICE = `event IN (${listSql(CHOICE_EVENTS)})`;
const IS_EVENT = `(event IS NULL OR event NOT IN (${listSql(LEDGER_EVENTS)}))`;

/** Lines of the ledger that are read at once. */
const LINES_PER_PAGE = 50_000;
/** The numbers of devices are spread evenly from 0 to this (text-number.ts). */
const NUMBERS = 2 ** 53;

/** The account of the whole store, of one state of it; the rules are those of `accountForConsent`. */
export function readConsent(session: Session, query: ConsentQuery): Promise<ConsentAccount> {
  return inTransaction(session, async () => {
    const [span] = await session.rows<{ first: number | null; last: number | null; lines: number }>(
      `SELECT min(happened)::DOUBLE AS first, max(happened)::DOUBLE AS last, count(*)::DOUBLE AS lines
       FROM events WHERE ${IS_CHOICE}`,
    );
    const { first, last, lines = 0 } = span ?? {};
    const book = openConsentBook(query, { first: first ?? Number.POSITIVE_INFINITY, last: last ?? 0 });
    await readLines(session, book, Math.ceil(lines / LINES_PER_PAGE));
    return { ...book.figures(), ...(await readActions(session, query)), ...(await countEvents(session, query)) };
  });
}

/** Reads the ledger, a part of the devices after the other. */
async function readLines(session: Session, book: ConsentBook, parts: number): Promise<void> {
  const boundOf = (part: number) => (part === parts ? NUMBERS : Math.round((NUMBERS / parts) * part));
  for (let part = 0; part < parts; part += 1) {
    const [devices = [], times = [], texts = []] = await session.columns(
      `SELECT device_no::DOUBLE, happened::DOUBLE, json
       FROM events WHERE ${IS_CHOICE} AND device_no >= $low::BIGINT AND device_no < $high::BIGINT
       ORDER BY device_no, happened, n, message_id`,
      { low: boundOf(part), high: boundOf(part + 1) },
    );
    for (const [i, device] of devices.entries())
      book.add(choiceOf({ deviceNo: Number(device), at: Number(times[i]) }, parseWire(bytesOf(texts[i]))));
  }
}

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
       SELECT device_no, min(happened) AS began FROM events WHERE ${IS_CHOICE} GROUP BY device_no
     ) USING (device_no)
     WHERE ${IS_EVENT} AND happened >= $from::BIGINT AND happened < $to::BIGINT`,
    sqlBounds(query),
  );
  return counts ?? { events: 0, recorded: 0, early: 0 };
}
