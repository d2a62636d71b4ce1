import { ORDER } from '../../order.js';
import type { KeptFold } from './folds.js';

/** What is known of people out of their events; automated ones do not count. */
export const KEPT_PEOPLE: KeptFold = {
  table: 'kept_people',
  keys: [],
  earliest: ['first', 'ordered'],
  latest: ['last'],
  foldedSql: (condition) => `
    SELECT device_no, user_no, any_value(device) AS device, any_value(user_id) AS user_id, min(happened) AS first,
      max(happened) AS last, min(happened) FILTER (event = '${ORDER}') AS ordered
    FROM events WHERE NOT automated AND ${condition} GROUP BY device_no, user_no`,
};
