// Millions of events whose every figure is known beforehand, made by the database itself: putting ten million through the
// applier would take longer than all that is to be measured. The rows are those that the store writes, but for `json`,
// which is short: reports do not read it.
import { DuckDBInstance } from '@duckdb/node-api';

const VISITS = 2;
const EVENTS = 10;
const STEP_MS = 20_000;
const DAYS = 60;
/** Every so-manieth device orders in each visit, and so-manieth logs in. */
const ORDERS = 33;
const LOGINS = 10;
const END_MS = Date.UTC(2026, 10, 22);
const BEGIN_MS = END_MS - DAYS * 86_400_000;

/** Number 0 is a direct visit. */
const SOURCES = [
  undefined,
  { source: 'google', medium: 'cpc', campaign: 'spring' },
  { source: 'newsletter', medium: 'email', campaign: 'week-12' },
  { source: 'facebook', medium: 'paid_social', campaign: 'look' },
  { referrer: 'www.google.com' },
  { referrer: 'news.example' },
];
const CHANNELS = ['Direct', 'Paid Search', 'Email', 'Paid Social', 'Organic Search', 'Referral'];

/** What the reports must answer for `events` events (a multiple of 20). */
export function truthOf(events) {
  const devices = events / (VISITS * EVENTS);
  const channels = Object.fromEntries(
    CHANNELS.map((channel) => [channel, { sessions: 0, conversions: 0, revenue: 0 }]),
  );
  const totals = { visitors: devices, sessions: VISITS * devices, pageViews: events / 2, conversions: 0, revenue: 0 };
  for (let device = 0; device < devices; device += 1) {
    for (let visit = 0; visit < VISITS; visit += 1) {
      const channel = channels[CHANNELS[(device + visit) % SOURCES.length]];
      channel.sessions += 1;
      if (device % ORDERS !== 0) continue;
      const amount = (device % 200) + 1;
      for (const sums of [channel, totals]) {
        sums.conversions += 1;
        sums.revenue += amount;
      }
    }
  }
  return { channels, totals };
}

/** Fills the tables of an empty store file. */
export async function fill(file, events, memoryLimit = '2GB') {
  const instance = await DuckDBInstance.create(file, { memory_limit: memoryLimit });
  const connection = await instance.connect();
  const keys = SOURCES.slice(1).map(({ source, medium, campaign, referrer }) => {
    const values = [source, medium, campaign, undefined, undefined, undefined, undefined, referrer];
    return JSON.stringify(values.map((value) => value ?? null));
  });
  for (const [i, key] of keys.entries()) {
    const { referrer, ...campaign } = SOURCES[i + 1];
    const facts = JSON.stringify({ key, ...campaign, ...(referrer && { referrer }) });
    await connection.run('INSERT INTO sources VALUES ($1, $2, $3, $4, false, $5)', [
      i + 1,
      key,
      facts,
      !!referrer,
      referrer ?? null,
    ]);
  }
  await connection.run(`INSERT INTO agents VALUES (1, 'Firefox', 'Linux', 'desktop')`);
  // In order of time, as they arrive.
  await connection.run(
    `INSERT INTO events BY NAME
     WITH made AS (
       SELECT i, i // ${VISITS * EVENTS} AS d, (i // ${EVENTS}) % ${VISITS} AS v, i % ${EVENTS} AS k FROM range(${events}) AS r(i)
     ),
     timed AS (
       SELECT *, ${BEGIN_MS} + (d * 7919013) % ${(DAYS - 10) * 86_400_000} + v * 3 * 86400000 AS start,
         k = ${EVENTS - 1} AND d % ${ORDERS} = 0 AS ordered, k = ${EVENTS - 1} AND d % ${LOGINS} = 0 AND v = 0 AS login
       FROM made
     )
     SELECT row_number() OVER (ORDER BY start + k * ${STEP_MS}, i) AS seq, 'm' || i AS message_id, i AS message_no,
       CASE WHEN k % 2 = 0 THEN 'page' ELSE 'track' END AS type, start + k * ${STEP_MS} AS happened,
       start + k * ${STEP_MS} AS original, CASE WHEN ordered THEN 'Order Completed' WHEN k % 2 = 1 THEN 'Product Viewed' END AS event,
       CASE WHEN login THEN 'customer' || d END AS user_id, 'adevice' || d AS device, d AS device_no,
       CASE WHEN login THEN 1000000000 + d END AS user_no, true AS interactive, k % 2 = 0 AS page_view,
       ${VISITS} * d + v AS session_no, k AS n, nullif((d + v) % ${SOURCES.length}, 0) AS source, start AS landed,
       CASE WHEN ordered THEN 'o' || d || '-' || v END AS order_id,
       CASE WHEN ordered THEN (d % 200 + 1) * 10000 END AS amount, CASE WHEN ordered THEN 'EUR' END AS currency,
       1 AS agent, false AS automated, false AS trusted, start + k * ${STEP_MS} AS received,
       encode('{"type":"track","event":"Order Completed","properties":{"total":' || (d % 200 + 1) || ',"order_id":"o' || d || '-' || v || '"}}') AS json
     FROM timed ORDER BY seq`,
  );
  const known = `SELECT DISTINCT device, user_id, device_no, user_no, happened FROM events WHERE user_id IS NOT NULL`;
  await connection.run(
    `INSERT INTO links BY NAME SELECT device, user_id, device_no, user_no, happened AS first FROM (${known})`,
  );
  await connection.run(
    `INSERT INTO slices BY NAME SELECT device, '-infinity'::DOUBLE AS begins, 'infinity'::DOUBLE AS ends,
       user_id AS owner, device_no, user_no AS owner_no FROM (${known})`,
  );
  await connection.run('CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
}

/** The wall time of reading what reports need of each event, once, in the database alone. */
export async function scan(file, memoryLimit = '1GB') {
  const instance = await DuckDBInstance.create(file, { memory_limit: memoryLimit });
  const connection = await instance.connect();
  const began = performance.now();
  await connection.runAndReadAll(
    `SELECT count(DISTINCT device_no), max(happened), sum(session_no), sum(source), sum(landed), count(*) FILTER (page_view),
       sum(amount) FROM events WHERE interactive AND NOT automated`,
  );
  const ms = performance.now() - began;
  connection.closeSync();
  instance.closeSync();
  return ms;
}

/** The period of all made-up events. */
export const PERIOD = { from: new Date(BEGIN_MS).toISOString(), to: new Date(END_MS + 86_400_000).toISOString() };
