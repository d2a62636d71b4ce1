import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createReports } from '../../src/report/index.js';
import { duckdbStore } from '../../src/stores/duckdb.js';
import { all } from '../contract/wire.js';
import { temporaryDirectory } from '../files.js';
import { storeOf, VISITS, type Visit } from './shop.js';

const ad = { source: 'google', medium: 'cpc' };
const mail = { source: 'letter', medium: 'email' };
const day = (date: number) => `2026-11-${String(date).padStart(2, '0')}T10:00:00Z`;

/** Two orders after ads, one after a mail; two people who looked and did not buy; one of whom nobody can tell yet. */
const shop: Visit[] = [
  { who: 'a', at: day(1), campaign: ad, order: { id: '1', total: 10 } },
  { who: 'b', at: day(2), campaign: ad, order: { id: '2', total: 20 } },
  { who: 'c', at: day(2), campaign: mail, order: { id: '3', total: 30 } },
  { who: 'd', at: day(3), campaign: mail },
  { who: 'e', at: day(3), campaign: ad },
  { who: 'e', at: day(4), campaign: mail },
  { who: 'f', at: day(25), campaign: mail },
  // Converts, comes back for good: the order ends the first way, and the second one is a null.
  { who: 'a', at: day(5), campaign: mail },
];
const query = { from: '2026-11-01', to: '2026-11-30', lookbackDays: 10 };
const now = () => new Date('2026-12-31T00:00:00Z');

it('models that look at nulls count people who did not convert, once it is certain, and say how many', async () => {
  const reports = createReports(await storeOf(shop), { now });
  const markov = await reports.attribution({ ...query, model: 'markov' });
  expect(markov.details).toMatchObject({ conversionProbability: 0.5, nulls: 3, censored: 1 });
  expect(markov.notices).toEqual([]);
  // Start goes to the ad in 3 of 6 ways and to the mail in 3; the ad converts 2 of 3 and leads to the mail once; the mail 1 of 4.
  const [first, second] = [2 / 3 + 1 / 12, 1 / 4].map((chance) => chance / 2);
  const without = { ad: second ?? 0, mail: 1 / 3 };
  const effects = [1 - without.ad / 0.5, 1 - without.mail / 0.5];
  expect((first ?? 0) + (second ?? 0)).toBeCloseTo(0.5);
  expect(markov.rows.map(({ channel, removalEffect }) => [channel, removalEffect])).toEqual([
    ['Paid Search', expect.closeTo(effects[0] ?? 0)],
    ['Email', expect.closeTo(effects[1] ?? 0)],
  ]);
  const rate = await reports.attribution({ ...query, model: 'shapley', game: 'rate' });
  expect(rate.details).toMatchObject({ game: 'rate', nulls: 3 });
  expect(rate.rows.reduce((sum, { conversions = 0 }) => sum + conversions, 0)).toBeCloseTo(3);
  expect((await reports.attribution({ ...query, model: 'data-driven' })).notices).toEqual([]);
  expect((await reports.attribution({ ...query, model: 'shapley' })).details).not.toHaveProperty('nulls');
});

it('both engines know the same nulls', async () => {
  const { path, remove } = await temporaryDirectory();
  const store = await duckdbStore({ file: join(path, 'store.duckdb'), pepper: 'p', threads: 1 });
  const plain = await storeOf([...shop, ...VISITS]);
  const events = await all(plain.events());
  const body = JSON.stringify({ batch: events.map(({ originalTimestamp: _, receivedAt: __, ...event }) => event) });
  const head = JSON.stringify({ kind: 'batch', receivedAt: '2026-12-01T00:00:00.000Z', skewMs: 0, key: 'secret' });
  await store.append([{ position: 1, bytes: new TextEncoder().encode(`${head}\n${body}`) }]);
  try {
    for (const model of ['markov', 'data-driven'] as const) {
      const [a, b] = [createReports(plain, { now }), createReports(store, { now })];
      expect(await b.attribution({ ...query, model })).toEqual(await a.attribution({ ...query, model }));
    }
  } finally {
    await store.close();
    await remove();
  }
});
