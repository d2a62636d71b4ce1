import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MODEL_NAMES } from '../../src/report/models/one-journey.js';
import { createReports, type Reports } from '../../src/report/reports.js';
import { storeOf, type Visit } from '../report/shop.js';

const november = { from: '2026-11-01', to: '2026-11-30' };
const START = Date.parse('2026-11-01T00:00:00Z');

const campaigns = fc.constantFrom(
  undefined,
  { source: 'google', medium: 'cpc', name: 'a' },
  { source: 'letter', medium: 'email', name: 'b' },
  { source: 'facebook', medium: 'paid_social' },
);

/** Visits of people whose names begin with a prefix, so that two sets have nobody in common. */
function visitsOf(prefix: string): fc.Arbitrary<Visit[]> {
  const visit = fc.record({
    person: fc.nat(3),
    hour: fc.nat(24 * 29),
    campaign: campaigns,
    cents: fc.option(fc.integer({ min: 1, max: 20_000 })),
  });
  return fc.array(visit, { maxLength: 25 }).map((visits) =>
    visits.map(({ person, hour, campaign, cents }, i) => ({
      who: `${prefix}${person}`,
      at: new Date(START + hour * 3_600_000).toISOString(),
      ...(campaign && { campaign }),
      ...(cents !== null && { order: { id: `${prefix}${i}`, total: cents / 100 } }),
    })),
  );
}

const cents = (amount: number | undefined) => Math.round((amount ?? 0) * 100);

async function reportsOf(visits: readonly Visit[]): Promise<Reports> {
  return createReports(await storeOf(visits));
}

it('every model divides all conversions and all revenue, to the cent, as the KPIs count them', async () => {
  await fc.assert(
    fc.asyncProperty(visitsOf('p'), fc.constantFrom('channel', 'source', 'campaign'), async (visits, by) => {
      const reports = await reportsOf(visits);
      const { rows, totals } = await reports.attribution({ ...november, by });
      const kpis = await reports.kpis({ ...november, by: 'total' });
      expect(totals).toEqual({ conversions: kpis.totals.conversions, revenue: kpis.totals.revenue });
      for (const model of MODEL_NAMES) {
        const credits = rows.map(({ models }) => models?.[model]);
        expect(credits.reduce((sum, credit) => sum + cents(credit?.revenue), 0)).toBe(cents(totals.revenue));
        const parts = credits.reduce((sum, credit) => sum + Math.round((credit?.conversions ?? 0) * 1e6), 0);
        expect(parts).toBe(totals.conversions * 1e6);
      }
    }),
    { numRuns: 60 },
  );
});

it('journeys and credits of two groups of people add up to those of all', async () => {
  await fc.assert(
    fc.asyncProperty(visitsOf('a'), visitsOf('b'), async (a, b) => {
      const [left, right, all] = await Promise.all([a, b, [...a, ...b]].map(reportsOf));
      if (!left || !right || !all) throw new Error('three reports');
      const counted = await Promise.all([left, right, all].map((reports) => journeyCounts(reports)));
      const sums = new Map(counted[0]);
      for (const [path, count] of counted[1] ?? []) sums.set(path, (sums.get(path) ?? 0) + count);
      expect(new Map([...sums].sort())).toEqual(new Map([...(counted[2] ?? [])].sort()));
      for (const model of MODEL_NAMES) {
        const [x, y, both] = await Promise.all(
          [left, right, all].map((reports) => reports.attribution({ ...november, model })),
        );
        for (const { channel, conversions } of both?.rows ?? []) {
          const part = (report: typeof x) => report?.rows.find((row) => row.channel === channel)?.conversions ?? 0;
          expect(part(x) + part(y)).toBeCloseTo(conversions ?? 0, 5);
        }
      }
    }),
    { numRuns: 40 },
  );
});

async function journeyCounts(reports: Reports): Promise<Map<string, number>> {
  const { rows } = await reports.journeys({ ...november, limit: 1000 });
  return new Map(rows.map(({ path, conversions }) => [path.join(' > '), conversions]));
}
