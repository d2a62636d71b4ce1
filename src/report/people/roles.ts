import { goalEvents } from '../../stores/order.js';
import { roundTo } from '../apportion.js';
import { type CurrencyChoice, chooseCurrency, countCurrencies } from '../currency.js';
import { DIMENSIONS } from '../labels.js';
import type { Path } from '../paths.js';
import { oneOf, readLookback } from '../query.js';
import { grouped, mean, median, ratio } from './facts.js';
import { createPathBook } from './path-book.js';
import type { PeopleReport } from './scene.js';

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

/** The paths of conversions, with no value where it is in another currency than that of the report. */
function inOneCurrency(paths: readonly Path[], choice: CurrencyChoice) {
  const { add, seen } = countCurrencies();
  for (const { currency, value } of paths) if (currency || value) add(currency);
  const { currency, counts, notices } = chooseCurrency(seen, choice);
  return { currency, notices, paths: paths.map((path) => (counts(path.currency) ? path : { ...path, value: 0 })) };
}

/** Everything that somebody did, as far back; opened mails and seen banners do not count. */
export function clicksOnly(lookbackDays: number) {
  return { visit: lookbackDays, click: lookbackDays, contact: lookbackDays };
}

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

/** What `channels-per-journey` answers besides its heading. */
export interface ChannelsPerJourneyReport {
  by: string;
  lookbackDays: number;
  currency: string | null;
  rows: { channels: number; conversions: number; share: number | null; revenue: number }[];
  totals: {
    conversions: number;
    meanChannels: number | null;
    medianChannels: number | null;
    /** Share of conversions with three channels or more. */
    threeOrMore: number | null;
  };
  notices: string[];
}

/** How many distinct channels lie on the way to a conversion; repeats of one channel count once. */
export const channelsPerJourney: PeopleReport<ChannelsPerJourneyReport> = {
  name: 'channels-per-journey',
  plan: roles.plan,
  tally(scene, query) {
    const lookbackDays = readLookback(query.lookbackDays);
    const book = createPathBook(scene, clicksOnly(lookbackDays));
    return {
      add: book.add,
      result() {
        const { paths, currency, notices } = inOneCurrency(book.close(), scene);
        const counted = paths.map(({ touches, value }) => ({
          channels: new Set(touches.map(({ label }) => label)).size,
          value,
        }));
        const numbers = [...new Set(counted.map(({ channels }) => channels))].sort((a, b) => a - b);
        const rows = numbers.map((channels) => {
          const those = counted.filter((one) => one.channels === channels);
          const revenue = those.reduce((sum, { value }) => sum + value, 0);
          return {
            channels,
            conversions: those.length,
            share: ratio(those.length, counted.length),
            revenue: roundTo(revenue, 2),
          };
        });
        const all = counted.map(({ channels }) => channels);
        return {
          by: oneOf('by', query.by, DIMENSIONS),
          ...{ lookbackDays, currency, notices },
          rows,
          totals: {
            conversions: all.length,
            meanChannels: mean(all),
            medianChannels: median(all),
            threeOrMore: ratio(all.filter((n) => n >= 3).length, all.length),
          },
        };
      },
    };
  },
};
