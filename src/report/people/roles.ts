import { goalEvents } from '../../stores/order.js';
import { roundTo } from '../apportion.js';
import { DIMENSIONS } from '../labels.js';
import { oneOf, readLookback } from '../query.js';
import { clicksOnly, createPathBook, inOneCurrency } from './books/path-book.js';
import { grouped, ratio } from './read/facts.js';
import type { PeopleReport } from './read/scene.js';

/** What part one channel plays on the ways to the goal. */
export interface RoleRow {
  [dimension: string]: string | number | null;
  /** Conversions that it is on the way of. */
  conversions: number;
  /** Ways that it began, where more than one touch was. */
  opener: number;
  /** Ways on which it is neither first nor last. */
  middle: number;
  /** Ways that it ended, where more than one touch was. */
  closer: number;
  /** Ways of this one touch alone. */
  solo: number;
  /** Conversions that it is on the way of without being the last touch, and what they brought. */
  assisted: number;
  assistedRevenue: number;
  /** Conversions of which it is the last touch, solo ones too. */
  last: number;
  /** assisted / last: above 1 it prepares more than it closes. */
  assistRatio: number | null;
}

/** What `roles` answers besides its heading. */
export interface RolesReport {
  by: string;
  lookbackDays: number;
  /** Of all amounts; those in others are left out, `notices` says how many. */
  currency: string | null;
  rows: RoleRow[];
  /** `assisted`: conversions that some other channel assisted. */
  totals: { conversions: number; assisted: number; revenue: number };
  notices: string[];
}

/** Opener, middle, closer and assisted conversions by channel. A channel with several touches on one way counts once. */
export const roles: PeopleReport<RolesReport> = {
  name: 'roles',
  plan: ({ by, lookbackDays }, { goal }) => ({
    events: goalEvents(goal),
    only: 'asked',
    by: oneOf('by', by, DIMENSIONS),
    days: readLookback(lookbackDays),
  }),
  tally(scene, query) {
    const by = oneOf('by', query.by, DIMENSIONS);
    const lookbackDays = readLookback(query.lookbackDays);
    const book = createPathBook(scene, clicksOnly(lookbackDays));
    return {
      add: book.add,
      result() {
        const { paths, currency, notices } = inOneCurrency(book.close(), scene);
        const rows = grouped((label): RoleRow => ({ [by]: label, ...NO_ROLE }));
        let assisted = 0;
        for (const { touches, value } of paths) {
          const labels = touches.map(({ label }) => label);
          const [first, last] = [labels[0], labels.at(-1)];
          const distinct = new Set(labels);
          if (distinct.size > 1) assisted += 1;
          for (const label of distinct) {
            const row = rows.of(label);
            row.conversions += 1;
            if (labels.length === 1) row.solo += 1;
            else {
              if (label === first) row.opener += 1;
              if (label === last) row.closer += 1;
              if (labels.slice(1, -1).includes(label) && label !== first && label !== last) row.middle += 1;
            }
            if (label === last) row.last += 1;
            else {
              row.assisted += 1;
              row.assistedRevenue += value;
            }
          }
        }
        const found = rows.entries().map(([, row]) => ({
          ...row,
          assistedRevenue: roundTo(row.assistedRevenue, 2),
          assistRatio: ratio(row.assisted, row.last),
        }));
        found.sort((a, b) => b.conversions - a.conversions);
        const revenue = paths.reduce((sum, { value }) => sum + value, 0);
        return {
          by,
          lookbackDays,
          currency,
          rows: found,
          totals: { conversions: paths.length, assisted, revenue: roundTo(revenue, 2) },
          notices,
        };
      },
    };
  },
};

const NO_ROLE = {
  conversions: 0,
  opener: 0,
  middle: 0,
  closer: 0,
  solo: 0,
  assisted: 0,
  assistedRevenue: 0,
  last: 0,
  assistRatio: null,
};
