import type { Journey, JourneyQuery, TouchKind } from '../contract.js';
import { lookbacks } from '../journeys.js';
import { AMOUNT_UNITS } from '../order.js';
import { pathTouch } from '../sessions.js';
import { DIRECT } from '../source.js';
import { appendRows, type Session, sqlBounds } from './database.js';
import { findDevices, findGoals } from './goals.js';
import { findVisits } from './kept-visits.js';
import { findTold } from './told.js';

interface Row {
  person: string;
  message_id: string;
  happened: number;
  order_id: string | null;
  amount: number | null;
  currency: string | null;
  touched: number | null;
  key: string | null;
  kind: TouchKind | null;
}

/** The journeys of a query, oldest conversion first; the rules are those of `journeysOf`. */
export async function readJourneys(session: Session, query: JourneyQuery): Promise<Journey[]> {
  const { from, to } = sqlBounds(query);
  await findGoals(session, query);
  await session.run(
    'CREATE OR REPLACE TEMP TABLE converted AS SELECT * FROM goals WHERE happened >= $from::BIGINT AND happened < $to::BIGINT',
    { from, to },
  );
  await findDevices(session, 'converted');
  await findVisits(session, query, 'wanted');
  const { bots = false } = query;
  await findTold(session, { bots, visits: 'visits', people: 'converted' });
  await session.run('CREATE OR REPLACE TEMP TABLE kinds(kind VARCHAR, lookback DOUBLE)');
  await appendRows(session, 'kinds', ['VARCHAR', 'DOUBLE'], [...lookbacks(query)]);
  const rows = await session.rows<Row>(
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
     SELECT goal.person, goal.message_id, goal.happened::DOUBLE AS happened, goal.order_id,
       goal.amount::DOUBLE AS amount, goal.currency, touch.happened::DOUBLE AS touched,
       CASE WHEN touch.happened IS NOT NULL THEN coalesce(key, '${DIRECT}') END AS key, kind
     FROM converted AS goal
     LEFT JOIN counted AS touch ON touch.person = goal.person_no
       AND touch.happened <= goal.happened AND goal.happened <= touch.expires
     LEFT JOIN sources ON sources.id = touch.source
     ORDER BY goal.happened, goal.n, goal.message_id, touched, key, nullif(kind, 'visit') NULLS FIRST`,
  );
  return collect(rows);
}

function collect(rows: readonly Row[]): Journey[] {
  const journeys: Journey[] = [];
  for (const row of rows) {
    let journey = journeys.at(-1);
    if (journey?.messageId !== row.message_id) {
      journey = {
        person: row.person.slice(1),
        messageId: row.message_id,
        at: new Date(row.happened).toISOString(),
        ...(row.order_id === null ? {} : { orderId: row.order_id }),
        value: (row.amount ?? 0) / AMOUNT_UNITS,
        ...(row.currency === null ? {} : { currency: row.currency }),
        touches: [],
      };
      journeys.push(journey);
    }
    if (row.touched !== null && row.key !== null) {
      journey.touches.push(pathTouch({ at: row.touched, sourceKey: row.key, kind: row.kind ?? 'visit' }));
    }
  }
  return journeys;
}
