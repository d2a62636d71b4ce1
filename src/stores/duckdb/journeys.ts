import type { Journey, JourneyQuery, PathTouch } from '../contract.js';
import { isoTexts } from '../iso-times.js';
import { lookbacks } from '../journeys.js';
import { AMOUNT_UNITS } from '../order.js';
import { DIRECT } from '../stamp/source.js';
import { TOUCH_KINDS } from '../thread-columns.js';
import { appendRows, type Session, sqlBounds } from './database.js';
import { findDevices, findGoals } from './goals.js';
import { findVisits } from './kept/visits.js';
import { at, NONE } from './threads/rows.js';
import { KIND_NUMBER, readSources } from './threads/threads.js';
import { findTold } from './told.js';

/** The journeys of a query, oldest conversion first; the rules are those of `journeysOf`. */
export async function readJourneys(session: Session, query: JourneyQuery): Promise<Journey[]> {
  const { from, to } = sqlBounds(query);
  await findGoals(session, query);
  await session.run(
    `CREATE OR REPLACE TEMP TABLE converted AS
     SELECT *, row_number() OVER (ORDER BY happened, n, message_id) AS i FROM goals
     WHERE happened >= $from::BIGINT AND happened < $to::BIGINT`,
    { from, to },
  );
  await findDevices(session, 'converted');
  await findVisits(session, query, 'wanted');
  const { bots = false } = query;
  await findTold(session, { bots, visits: 'visits', people: 'converted' });
  await session.run('CREATE OR REPLACE TEMP TABLE kinds(kind VARCHAR, lookback DOUBLE)');
  await appendRows(session, 'kinds', ['VARCHAR', 'DOUBLE'], [...lookbacks(query)]);
  const journeys = await readConversions(session);
  await addTouches(session, journeys);
  return journeys;
}

async function readConversions(session: Session): Promise<Journey[]> {
  const [happened = NONE, amount = NONE] = await session.numbers(
    'SELECT happened::DOUBLE, coalesce(amount, 0)::DOUBLE FROM converted ORDER BY i',
  );
  const [persons = [], messages = [], orders = [], currencies = []] = await session.columns(
    'SELECT person, message_id, order_id, currency FROM converted ORDER BY i',
  );
  return isoTexts(happened).map(
    (time, i): Journey => ({
      person: String(persons[i]).slice(1),
      messageId: String(messages[i]),
      at: time,
      ...(orders[i] !== null && { orderId: String(orders[i]) }),
      value: at(amount, i) / AMOUNT_UNITS,
      ...(currencies[i] !== null && { currency: String(currencies[i]) }),
      touches: [],
    }),
  );
}

/** Numbers alone: of a touch that several journeys have, and as a row of an object each, they would take several times longer. */
async function addTouches(session: Session, journeys: readonly Journey[]): Promise<void> {
  const keys = await readSources(session);
  const [numbers = NONE, touched = NONE, source = NONE, kind = NONE] = await session.numbers(
    `WITH paths AS (
       SELECT person, happened, touches.source, 'visit' AS kind FROM touches JOIN visits USING (device, visit)
       UNION ALL
       SELECT person, start, NULL, 'visit' FROM visits
       ANTI JOIN (FROM touches WHERE at_start) AS named USING (device, visit)
       UNION ALL
       SELECT person, happened, source, kind FROM told
     ),
     -- Each condition of the join below compares one side with the other, or the engine compares each row with each.
     counted AS (SELECT paths.*, happened + floor(lookback) AS expires FROM paths JOIN kinds USING (kind))
     SELECT i::DOUBLE, touch.happened::DOUBLE, coalesce(sources.id, 0)::DOUBLE, (${KIND_NUMBER})::DOUBLE
     FROM converted AS goal
     JOIN counted AS touch ON touch.person = goal.person_no
       AND touch.happened <= goal.happened AND goal.happened <= touch.expires
     LEFT JOIN sources ON sources.id = touch.source
     ORDER BY i, touch.happened, coalesce(key, '${DIRECT}'), nullif(kind, 'visit') NULLS FIRST`,
  );
  const times = isoTexts(touched);
  for (let row = 0; row < numbers.length; row += 1) {
    const touch: PathTouch = { at: times[row] ?? '', sourceKey: keys.get(at(source, row)) ?? DIRECT };
    const named = TOUCH_KINDS[at(kind, row)] ?? 'visit';
    if (named !== 'visit') touch.kind = named;
    journeys[at(numbers, row) - 1]?.touches.push(touch);
  }
}
