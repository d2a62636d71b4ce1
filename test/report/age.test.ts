import { describe, expect, test } from 'vitest';
import { encodeRecord } from '../../src/log/record.js';
import { keepAnswers } from '../../src/report/answers/kept.js';
import { createRecounts } from '../../src/report/answers/recounts.js';
import { createReports } from '../../src/report/reports.js';
import type { Store } from '../../src/stores/contract.js';
import { memoryStore } from '../../src/stores/memory.js';
import { at, events, record, suppression } from '../contract/wire.js';

const QUERY = { from: '2026-11-01', to: '2026-11-30', by: 'total', maxAgeSeconds: 3600 } as const;
const order = (position: number, who = 'ann') => {
  const sketch = { minute: position, userId: who, event: 'Order Completed', properties: { total: 5 } };
  return record(position, events({ ...sketch, messageId: `m${position}` }), { key: 'secret' });
};

/** Reports over a real store, which say how many counts began and can be held up; the clock is the test's. */
async function desk() {
  const store = memoryStore({ pepper: 'pepper' });
  let open = Promise.resolve();
  const seen = { counts: 0, most: 0, now: 0 };
  const kpis: Store['kpis'] = async (question) => {
    seen.counts += 1;
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    // What was stored when it began, as an engine's transaction has it.
    const answer = store.kpis(question);
    await open;
    seen.now -= 1;
    return answer;
  };
  const clock = { ms: Date.parse('2026-12-01T10:00:00Z') };
  const reports = createReports({ ...store, kpis }, { now: () => new Date(clock.ms) });
  await store.append([order(1)]);
  return {
    ...{ store, reports, seen, clock },
    /** Holds up counts until the returned function is called. */
    hold() {
      let release = () => {};
      open = new Promise<void>((resolve) => {
        release = resolve;
      });
      return release;
    },
    conversions: async (query: object = {}) => (await reports.kpis({ ...QUERY, ...query })).totals.conversions,
  };
}

test('an older answer comes at once and says of when it is, and is counted anew once for the next', async () => {
  const { store, reports, seen, clock, hold } = await desk();
  const first = await reports.kpis(QUERY);
  expect(first).toMatchObject({ asOf: '2026-12-01T10:00:00.000Z', totals: { conversions: 1 } });
  expect(first).not.toHaveProperty('recounting');
  // Nothing was stored since: it is still what the store holds.
  clock.ms += 30_000;
  expect(await reports.kpis(QUERY)).toEqual({ ...first, asOf: '2026-12-01T10:00:30.000Z' });
  expect(seen.counts).toBe(1);
  clock.ms += 600_000;
  await store.append([order(2)]);
  const release = hold();
  const old = { ...first, recounting: true };
  expect(await Promise.all([reports.kpis(QUERY), reports.kpis(QUERY), reports.kpis(QUERY)])).toEqual([old, old, old]);
  await expect.poll(() => seen.counts).toBe(2);
  clock.ms += 5000;
  await store.append([order(3)]);
  const newer = reports.kpis({ ...QUERY, newerThan: first.asOf });
  // Always what is stored now, whatever is under way.
  const fresh = reports.kpis({ ...QUERY, maxAgeSeconds: 0 });
  release();
  expect(await newer).toMatchObject({ asOf: '2026-12-01T10:10:30.000Z', totals: { conversions: 2 } });
  expect(await fresh).toMatchObject({ asOf: '2026-12-01T10:10:35.000Z', totals: { conversions: 3 } });
  expect(seen).toMatchObject({ counts: 3, now: 0 });
  // The older count, though it may have been done last, is not what is kept.
  await store.append([order(4)]);
  expect(await reports.kpis(QUERY)).toMatchObject({ totals: { conversions: 3 }, recounting: true });
});

test('an answer that is too old, of the day before, or of a clock that was put back will not do', async () => {
  const { store, seen, clock, conversions } = await desk();
  await conversions();
  await store.append([order(2)]);
  clock.ms += 3_600_001;
  expect(await conversions()).toBe(2);
  await store.append([order(3)]);
  clock.ms -= 1000;
  expect(await conversions()).toBe(3);
  clock.ms = Date.parse('2026-12-01T23:59:59Z');
  expect(await conversions()).toBe(3);
  await store.append([order(4)]);
  clock.ms += 2000;
  expect(await conversions()).toBe(4);
  expect(seen.counts).toBe(5);
});

describe('an answer of before, however young, is shown to nobody', () => {
  const alias = (position: number, undo: boolean) =>
    record(
      position,
      events({
        ...{ minute: position, type: 'alias', messageId: `a${position}`, previousId: 'ann', userId: 'bob' },
        ...(undo && { context: { filrouge: { v: 1, undo } } }),
      }),
      { key: 'secret' },
    );
  const standing = encodeRecord({ kind: 'standing', at: at(60), identifiers: ['h1'], restricted: true });
  const ways: [string, (store: Store) => Promise<unknown>][] = [
    ['an erasure', (store) => store.erase('ann', at(60))],
    ['a restriction, an objection, a withdrawal', (store) => store.revise({ removed: ['m1'], replaced: [] })],
    ['an erasure or restriction that comes from the log', (store) => store.append([suppression(3, ['h1'], at(60))])],
    ['a standing of somebody that comes from the log', (store) => store.append([{ position: 3, bytes: standing }])],
    ['a merge that is undone', (store) => store.append([alias(3, true)])],
    ['a change that failed', (store) => store.append([{ position: 3, bytes: new Uint8Array(3) }]).catch(() => {})],
  ];
  test.each(ways)('after %s', async (_, take) => {
    const { store, seen, conversions } = await desk();
    await conversions();
    await store.append([alias(2, false)]);
    expect(await conversions()).toBe(1);
    // The recount that this began.
    await expect.poll(() => [seen.counts, seen.now]).toEqual([2, 0]);
    await take(store);
    const left = (await createReports(store).kpis({ ...QUERY, maxAgeSeconds: 0 })).totals.conversions;
    expect([await conversions(), seen.counts]).toEqual([left, 3]);
  });

  test('what was being counted meanwhile is not kept, nor waited for by who asks later', async () => {
    const { store, seen, hold, conversions } = await desk();
    const release = hold();
    const before = conversions();
    await expect.poll(() => seen.counts).toBe(1);
    await store.erase('ann', at(60));
    const after = conversions();
    release();
    // Who asked before the erasure may know of before.
    expect([await before, await after, await conversions()]).toEqual([1, 0, 0]);
    expect(seen.counts).toBe(2);
  });

  test('from when an erasure begins, not only once it is done', async () => {
    const store = memoryStore();
    const before = store.takenBack?.() ?? 0;
    const erasing = store.erase('ann', at(60));
    expect(store.takenBack?.()).toBe(before + 1);
    await erasing;
    expect(store.takenBack?.()).toBe(before + 2);
  });
});

test('answers are kept in so much memory, and those go that nobody asked for the longest', () => {
  const kept = keepAnswers(10_000);
  const began = { at: 0, changes: 0, takenBack: 0 };
  const keep = (key: string, length: number) => kept.keep(key, began, { text: 'x'.repeat(length) });
  for (const key of 'abcdefghi') keep(key, 1000);
  kept.read('a');
  for (const key of 'jkl') keep(key, 1000);
  expect([...'abcdefghijkl'].filter((key) => kept.momentOf(key)).join('')).toBe('aefghijkl');
  keep('large', 2000);
  expect([kept.momentOf('large'), kept.read('large')]).toEqual([undefined, undefined]);
  kept.clear();
  expect(kept.read('a')).toBeUndefined();
});

test('recounts wait for each other, none is made twice, and one that fails holds up nobody', async () => {
  const recounts = createRecounts();
  const done: string[] = [];
  let running = 0;
  const count = (key: string) => async () => {
    expect((running += 1)).toBe(1);
    await new Promise(setImmediate);
    running -= 1;
    done.push(key);
    if (key === 'b') throw new Error('of this test');
  };
  for (const key of ['a', 'b', 'c', 'b', 'c']) recounts.add(key, count(key));
  await expect.poll(() => done.join('')).toBe('abc');
  recounts.add('a', count('a'));
  await expect.poll(() => done.join('')).toBe('abca');
});
