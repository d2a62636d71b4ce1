import { ORDER } from '../order.js';
import type { Session } from './database.js';

/** What is known of a device and user (a device without one) out of some events. */
const foldedSql = (which: string): string => `
  SELECT device_no, user_no, any_value(device) AS device, any_value(user_id) AS user_id, min(happened) AS first,
    max(happened) AS last, min(happened) FILTER (event = '${ORDER}') AS ordered
  FROM events WHERE NOT automated AND ${which} GROUP BY device_no, user_no`;

/** Adds what is known of people from the events after one that was kept; automated ones do not count. */
export async function addPeople(session: Session, kept: number): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE seen AS ${foldedSql('seq > $kept::BIGINT')}`, { kept });
  const same = 'kept_people.device_no = seen.device_no AND kept_people.user_no IS NOT DISTINCT FROM seen.user_no';
  await session.run(
    `UPDATE seen SET first = least(seen.first, kept_people.first), last = greatest(seen.last, kept_people.last),
       ordered = least(seen.ordered, kept_people.ordered)
     FROM kept_people WHERE ${same}`,
  );
  await session.run(`DELETE FROM kept_people USING seen WHERE ${same}`);
  await session.run('INSERT INTO kept_people BY NAME FROM seen');
  await session.run('DROP TABLE temp.seen');
}

/** Looks at some devices again; `devices` is a temporary table of `device`, `kept` the last event that counts. */
export async function copyPeopleOf(session: Session, devices: string, kept: number): Promise<void> {
  const own = `device_no IN (SELECT device FROM ${devices})`;
  await session.run(`DELETE FROM kept_people WHERE ${own}`);
  await session.run(`INSERT INTO kept_people BY NAME ${foldedSql(`${own} AND seq <= $kept::BIGINT`)}`, { kept });
}
