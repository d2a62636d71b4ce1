import type { Journey, JourneyQuery } from '../contract.js';
import { pathTouch } from '../sessions.js';
import { DIRECT } from '../source.js';
import { AMOUNT_UNITS } from '../stamp.js';
import { type Session, sqlBounds } from './database.js';
import { findDevices, findGoals } from './goals.js';
import { cutVisits } from './visits.js';

const DAY_MS = 86_400_000;

interface Row {
  person: string;
  message_id: string;
  happened: number;
  order_id: string | null;
  amount: number | null;
  currency: string | null;
  touched: number | null;
  key: string | null;
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
  await cutVisits(session, query, 'wanted');
  const rows = await session.rows<Row>(
    `WITH paths AS (
       SELECT person, happened, touches.source FROM touches JOIN visits USING (device, visit)
       UNION ALL
       SELECT person, start, NULL FROM visits
       ANTI JOIN (FROM touches WHERE at_start) AS named USING (device, visit)
     )
     SELECT goal.person, goal.message_id, goal.happened::DOUBLE AS happened, goal.order_id,
       goal.amount::DOUBLE AS amount, goal.currency, paths.happened::DOUBLE AS touched, CASE WHEN paths.happened IS NOT NULL THEN coalesce(key, '${DIRECT}') END AS key
     FROM converted AS goal
     LEFT JOIN paths ON paths.person = goal.person_no
       AND paths.happened <= goal.happened AND paths.happened >= goal.happened - $lookback::BIGINT
     LEFT JOIN sources ON sources.id = paths.source
     ORDER BY goal.happened, goal.n, goal.message_id, touched, key`,
    { lookback: query.lookbackDays * DAY_MS },
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
      journey.touches.push(pathTouch({ at: row.touched, sourceKey: row.key }));
    }
  }
  return journeys;
}
