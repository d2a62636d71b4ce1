import { roundTo } from '../apportion.js';
import { DIMENSIONS } from '../labels.js';
import { oneOf, readLookback } from '../query.js';
import { clicksOnly, createPathBook, inOneCurrency } from './books/path-book.js';
import { mean, median, ratio } from './read/facts.js';
import type { PeopleReport } from './read/scene.js';
import { roles } from './roles.js';

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
