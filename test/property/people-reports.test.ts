import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createChannels } from '../../src/report/channels/channels.js';
import { toCsv } from '../../src/report/http/csv.js';
import { USUAL_STEPS } from '../../src/report/people/funnel.js';
import { PEOPLE_REPORT_NAMES } from '../../src/report/people/reports.js';
import { createReports, type Reports } from '../../src/report/reports.js';
import type { Store } from '../../src/stores/contract.js';
import { duckdbStore } from '../../src/stores/duckdb.js';
import { memoryStore } from '../../src/stores/memory.js';
import { AD, type Deed, fill, MAIL, NOVEMBER, reportsOf, SOCIAL } from '../report/people/crowd.js';

const START = Date.parse('2026-11-01T00:00:00Z');
const now = () => new Date('2026-12-01T00:00:00Z');

/** What people do; names begin with a prefix, so that two crowds have nobody in common. */
function deedsOf(prefix: string, most = 40): fc.Arbitrary<Deed[]> {
  const names = [
    'Order Completed',
    'Order Refunded',
    'Product Viewed',
    'Product Added',
    'Checkout Started',
    'Email Delivered',
    'Email Link Clicked',
    'Survey Answered',
    'Web Vital',
    'Page Engaged',
  ];
  const deed = fc.record({
    person: fc.nat(4),
    known: fc.boolean(),
    minute: fc.nat(30 * 24 * 60 - 1),
    from: fc.option(fc.constantFrom(AD, MAIL, SOCIAL, 'direct' as const)),
    event: fc.constantFrom(...names),
    id: fc.nat(9),
    total: fc.integer({ min: 1, max: 50_000 }),
    channel: fc.constantFrom(undefined, undefined, 'store'),
  });
  return fc.array(deed, { maxLength: most }).map((deeds) =>
    deeds.map(({ person, known, minute, from, event, id, total, channel }): Deed => {
      const who = `${prefix}${person}`;
      const at = new Date(START + minute * 60_000).toISOString();
      const user = known ? { user: `${who}-user` } : {};
      if (from !== null) return { who, at, from, ...user };
      const properties = {
        order_id: `${prefix}${id}`,
        total: total / 100,
        currency: 'EUR',
        product_id: `p${id}`,
        price: 10,
        email_id: `mail-${id % 3}`,
        kind: 'nps',
        score: id,
        metric: 'LCP',
        value: total,
        engaged_seconds: total / 1000,
        scroll_depth: id * 10,
      };
      return { who, at, event, properties, ...user, ...(channel ? { channel } : { onSite: true }) };
    }),
  );
}

/** Steps that come again, that begin with an event, in a short window, in a segment, by channel. */
const FUNNELS = [
  { ...NOVEMBER, steps: ['Visit', 'Product Viewed', 'Product Viewed'], by: 'channel' },
  { ...NOVEMBER, from: '2026-11-10', steps: ['Product Viewed', 'Visit', 'Order Completed'], windowDays: 3 },
  { ...NOVEMBER, steps: ['Product Added', 'Order Completed'], segment: 'channel:Email', by: 'campaign' },
  { ...NOVEMBER, from: '2026-11-10', steps: ['Product Added', 'Order Completed'], by: 'touchpoint' },
];

it('every report answers alike on both engines, and as CSV', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(deedsOf('p', 120), async (deeds) => {
      const file = join(tmpdir(), `filrouge-people-${process.pid}-${run++}.duckdb`);
      const store = await duckdbStore({ file, pepper: 'p' });
      try {
        await fill(store, deeds);
        const [slow, fast] = [createReports(await fill(memoryStore(), deeds), { now }), createReports(store, { now })];
        for (const name of PEOPLE_REPORT_NAMES) {
          const [one, other] = [await slow.people(name, NOVEMBER), await fast.people(name, NOVEMBER)];
          expect(other, name).toEqual(one);
          expect(toCsv(one.rows).split('\r\n').length, name).toBe(one.rows.length + 2);
        }
        for (const query of FUNNELS)
          expect(await fast.people('funnel', query)).toEqual(await slow.people('funnel', query));
      } finally {
        await store.close();
        for (const end of ['', '.wal']) await rm(file + end, { force: true });
      }
    }),
    { numRuns: 2 },
  );
});

it('a report that reads only some people, or of events only their times, is the one over all of them', async () => {
  await fc.assert(
    fc.asyncProperty(
      deedsOf('p', 60),
      fc.constantFrom('', 'identified', 'new', 'channel:Email'),
      async (deeds, segment) => {
        const store = await fill(memoryStore(), deeds);
        const whole: Store = {
          ...store,
          threads: ({ only: _, bare: __, without: ___, ...query }) => store.threads(query),
        };
        const [some, all] = [createReports(store, { now }), createReports(whole, { now })];
        for (const name of PEOPLE_REPORT_NAMES) {
          for (const more of [{}, { steps: ['Product Added', 'Order Completed'] }]) {
            const query = { ...NOVEMBER, from: '2026-11-10', segment, ...more };
            expect(await some.people(name, query), name).toEqual(await all.people(name, query));
          }
        }
        const query = { ...NOVEMBER, segment, model: 'markov' as const };
        expect(await some.attribution(query)).toEqual(await all.attribution(query));
      },
    ),
    { numRuns: 10 },
  );
});

it('people of two crowds add up: orders, transitions, overlap, funnel, email', async () => {
  await fc.assert(
    fc.asyncProperty(deedsOf('a'), deedsOf('b'), async (a, b) => {
      const [left, right, all] = await Promise.all([a, b, [...a, ...b]].map((deeds) => reportsOf(deeds)));
      if (!left || !right || !all) throw new Error('three reports');
      for (const count of COUNTS) {
        const [x, y, both] = await Promise.all([left, right, all].map(count));
        const sums = new Map(x);
        for (const [key, value] of y ?? []) sums.set(key, (sums.get(key) ?? 0) + value);
        for (const [key, value] of both ?? []) expect(value, key).toBeCloseTo(sums.get(key) ?? 0, 6);
        expect([...(both?.keys() ?? [])].sort()).toEqual([...sums.keys()].sort());
      }
    }),
    { numRuns: 40 },
  );
});

type Counts = (reports: Reports) => Promise<Map<string, number>>;

/** Figures that are sums over people, by a name. */
const COUNTS: Counts[] = [
  async (reports) => {
    const { totals } = await reports.people('sales', NOVEMBER);
    return new Map(
      Object.entries({ orders: totals.orders, revenue: totals.revenue ?? 0, refunds: totals.refunds ?? 0 }),
    );
  },
  async (reports) => {
    const { rows } = await reports.people('transitions', NOVEMBER);
    return new Map(rows.map(({ from, to, passages }) => [`${from} > ${to}`, passages]));
  },
  async (reports) => {
    const { sets } = await reports.people('overlap', NOVEMBER);
    return new Map(sets.map(({ channels, people }) => [channels.join(), people]));
  },
  async (reports) => {
    // Named: of the usual ones, those that nobody of a crowd sent are left out.
    const { rows } = await reports.people('funnel', { ...NOVEMBER, steps: [...USUAL_STEPS] });
    return new Map(rows.map(({ event, people }) => [event, people]));
  },
  async (reports) => {
    const { totals } = await reports.people('email', NOVEMBER);
    return new Map(
      Object.entries(totals).map(([name, value]) => [
        name,
        name.includes('ate') || name.includes('Per') ? 0 : (value ?? 0),
      ]),
    );
  },
  async (reports) => {
    const { rows } = await reports.people('roles', NOVEMBER);
    return new Map(
      rows.flatMap(
        (row) =>
          [
            [`${row.channel} assisted`, Number(row.assisted)],
            [`${row.channel} opener`, row.opener],
          ] as const,
      ),
    );
  },
];

it('overlap is what set algebra says', async () => {
  await fc.assert(
    fc.asyncProperty(deedsOf('p', 80), async (deeds) => {
      const store = await fill(memoryStore(), deeds);
      const { rows, totals } = await createReports(store, { now }).people('overlap', NOVEMBER);
      const channels = createChannels();
      const labels = new Map(
        (await store.sources({ goal: '' })).map((one) => [one.key, channels.classify(one).channel]),
      );
      const met = new Map<string, Set<string>>();
      for await (const { person, touches } of store.threads({ events: [] })) {
        for (const { sourceKey, kind } of touches) {
          if (kind === 'view') continue;
          const label = labels.get(sourceKey) ?? '';
          met.set(label, (met.get(label) ?? new Set()).add(person));
        }
      }
      const minus = (a: Set<string>, b: Set<string>) => [...a].filter((one) => !b.has(one)).length;
      expect(totals.people).toBe(new Set([...met.values()].flatMap((people) => [...people])).size);
      expect(2 * rows.length).toBe(met.size * Math.max(0, met.size - 1));
      for (const { a, b, onlyA, onlyB, both } of rows) {
        const [inA, inB] = [met.get(a) ?? new Set<string>(), met.get(b) ?? new Set<string>()];
        expect([onlyA, onlyB, both]).toEqual([minus(inA, inB), minus(inB, inA), inA.size - minus(inA, inB)]);
      }
    }),
    { numRuns: 40 },
  );
});
