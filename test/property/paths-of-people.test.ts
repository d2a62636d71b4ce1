import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLookbacks } from '../../src/report/attribution/lookbacks.js';
import { labelledPaths, type Path, pathsOfPeople } from '../../src/report/attribution/paths.js';
import { createChannels } from '../../src/report/channels/channels.js';
import { readCommon } from '../../src/report/query.js';
import { createReports } from '../../src/report/reports.js';
import { memoryStore } from '../../src/stores/memory.js';
import { AD, type Deed, fill, MAIL, NOVEMBER, SOCIAL } from '../report/people/crowd.js';

const START = Date.parse('2026-10-20T00:00:00Z');
const now = () => new Date('2026-12-01T00:00:00Z');

const deeds: fc.Arbitrary<Deed[]> = fc
  .array(
    fc.record({
      person: fc.nat(3),
      // Some days apart, so that an order is often repeated further on than a lookback reaches.
      minute: fc.oneof(fc.nat(42 * 24 * 60 - 1), fc.constantFrom(0, 2000, 17_279, 17_280, 17_310, 40_000)),
      from: fc.option(fc.constantFrom(AD, MAIL, SOCIAL, 'direct' as const)),
      event: fc.constantFrom('Order Completed', 'Order Completed', 'Email Opened', 'Store Visited', 'SMS Clicked'),
      id: fc.nat(5),
      outside: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((all) =>
    all.map(({ person, minute, from, event, id, outside }): Deed => {
      const who = `p${person}`;
      const at = new Date(START + minute * 60_000).toISOString();
      if (from !== null) return { who, at, from };
      const properties = { order_id: `o${id}`, total: id + 1, currency: 'EUR', email_id: 'm' };
      return { who, at, event, properties, ...(event === 'Order Completed' && !outside && { onSite: true }) };
    }),
  );

/** Sums of decimals may differ in the last bit by their order. */
function cents<T extends object>(row: T): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? value.toFixed(6) : value]),
  );
}

async function contextOf(all: readonly Deed[]) {
  const store = await fill(memoryStore(), all);
  return { store, channels: createChannels(), now, goal: 'Order Completed', timezone: 'UTC' };
}

it('paths out of people are the journeys of the store', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, fc.constantFrom({}, { view: 2 }, { contact: 0 }, { click: 3 }), async (all, kinds) => {
      const context = await contextOf(all);
      const head = readCommon(NOVEMBER, context);
      const asked = { head, by: 'channel' as const, lookbacks: readLookbacks(9, kinds), shape: {} };
      const journeys: Path[] = [];
      for await (const path of labelledPaths(context, asked)) journeys.push(path);
      const paths = await pathsOfPeople(context, asked);
      const plain = (list: readonly Path[]) =>
        list.map(({ convertedAt, value, touches }) => JSON.stringify([convertedAt, value, touches])).sort();
      expect(plain(paths)).toEqual(plain(journeys));
    }),
    { numRuns: 60 },
  );
});

it('key figures out of people are those of the store', async () => {
  await fc.assert(
    fc.asyncProperty(
      deeds,
      fc.constantFrom('day', 'channel', 'campaign', 'touchpoint', 'day-channel', 'total'),
      async (all, by) => {
        const { store } = await contextOf(all);
        const reports = createReports(store, { now });
        const everybody = await reports.kpis({ ...NOVEMBER, by });
        const anonymous = await reports.kpis({ ...NOVEMBER, by, segment: 'anonymous' });
        expect(anonymous.rows.map(cents)).toEqual(everybody.rows.map(cents));
        expect(cents(anonymous.totals)).toEqual(cents(everybody.totals));
        expect((await reports.kpis({ ...NOVEMBER, by, segment: 'identified' })).totals.sessions).toBe(0);
      },
    ),
    { numRuns: 60 },
  );
});

it('with ways that led nowhere, Markov’s chance to convert is conversions of all ways, at any order', async () => {
  await fc.assert(
    fc.asyncProperty(deeds, fc.constantFrom(1, 2, 3), async (all, order) => {
      const { store } = await contextOf(all);
      const reports = createReports(store, { now });
      const { details, totals } = await reports.attribution({ ...NOVEMBER, model: 'markov', order, lookbackDays: 7 });
      const nulls = Number(details?.nulls);
      if (totals.conversions + nulls === 0) return;
      expect(details?.conversionProbability).toBeCloseTo(totals.conversions / (totals.conversions + nulls), 9);
    }),
    { numRuns: 60 },
  );
});
