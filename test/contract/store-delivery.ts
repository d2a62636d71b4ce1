import { expect, test } from 'vitest';
import type { WireEvent } from '../../src/protocol/index.js';
import type { DeliveryQuery } from '../../src/stores/delivery.js';
import type { Filled } from './stores.js';
import { all, at, events, record } from './wire.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const SOON = { receivedAt: at(30), userAgent: FIREFOX };

/** Numbered events of one page load: `n` of each, and what it says of the page load before. */
function load(
  lane: string,
  numbers: number[],
  last?: { lane: string; n: number },
  anonymousId = 'device',
): WireEvent[] {
  const made = events(...numbers.map((n) => ({ minute: n, messageId: `${lane}-${n}`, anonymousId })));
  return made.map((event, i) => {
    const n = numbers[i] ?? 0;
    const sequence = { lane, n, ...(n === 1 && last ? { last } : {}) };
    return { ...event, context: { filrouge: { v: 1 as const, sequence } } };
  });
}

/** What became of numbered events, counted by hand. */
export function testDelivery(filled: Filled): void {
  const total: DeliveryQuery = { by: 'total' };
  const none = { pageLoads: 0, tracked: 0, received: 0, lost: 0, refused: {}, late: 0, duplicates: 0 };

  test('nothing numbered, nothing lost', async () => {
    const store = await filled(record(1, events({ minute: 1 })));
    expect(await store.delivery(total)).toEqual([none]);
    expect(await store.delivery({ by: 'day' })).toEqual([]);
  });

  test('gaps, cut-off ends and whole page loads are lost, by browser and day; a late arrival heals', async () => {
    const store = await filled(
      // 2 and 4 of page load a are missing; b says that a had counted to 6; nothing of c arrived, d knows it had 3.
      record(1, [...load('a', [1, 3, 5]), ...load('b', [1, 2], { lane: 'a', n: 6 })], SOON),
      record(2, load('d', [1], { lane: 'c', n: 3 }), SOON),
    );
    const figures = { pageLoads: 4, tracked: 6 + 2 + 3 + 1, received: 6, lost: 6, refused: {}, late: 0, duplicates: 0 };
    expect(await store.delivery(total)).toEqual([figures]);
    expect(await store.delivery({ by: 'browser' })).toEqual([{ browser: 'Firefox', ...figures }]);
    expect(await store.delivery({ by: 'day' })).toEqual([{ day: '2026-11-02', ...figures }]);
    expect(await store.delivery({ by: 'total', from: at(3000) })).toEqual([none]);
    await store.append([record(3, load('a', [2, 4]), { ...SOON, receivedAt: at(300) })]);
    expect(await store.delivery(total)).toEqual([{ ...figures, received: 8, lost: 4, late: 2 }]);
    expect(await store.delivery({ by: 'total', lateMinutes: 24 * 60 })).toMatchObject([{ late: 0 }]);
  });

  test('copies are counted when they come, refusals by their reason', async () => {
    const refused: [string, number, string][] = [
      ['a', 2, 'too-large'],
      ['b', 1, 'bad-field'],
    ];
    const store = await filled(record(1, load('a', [1, 3]), { ...SOON, refused }), record(2, [], { ...SOON, refused }));
    await store.append([record(3, load('a', [1, 3]), { ...SOON, receivedAt: at(2000) })]);
    expect(await store.delivery(total)).toEqual([
      {
        pageLoads: 2,
        tracked: 4,
        received: 2,
        lost: 0,
        refused: { 'too-large': 1, 'bad-field': 1 },
        late: 0,
        duplicates: 2,
      },
    ]);
    expect((await store.delivery({ by: 'day' })).map(({ day, duplicates }) => [day, duplicates])).toEqual([
      ['2026-11-02', 0],
      ['2026-11-03', 2],
    ]);
  });

  test('what was erased is not lost, now or when the person comes back', async () => {
    const store = await filled(
      record(1, load('a', [1, 2, 3], undefined, 'gone'), SOON),
      record(2, load('b', [1, 3]), SOON),
    );
    await store.erase('gone', at(10));
    expect(await store.delivery(total)).toMatchObject([{ pageLoads: 1, tracked: 3, received: 2, lost: 1 }]);
    const later = load('e', [20, 21], { lane: 'a', n: 3 }, 'gone');
    const next = load('f', [1], { lane: 'a', n: 3 }, 'gone').map((event) => ({ ...event, timestamp: at(25) }));
    await store.append([record(3, [...later, ...next], SOON)]);
    expect(await all(store.events())).toHaveLength(5);
    expect(await store.delivery(total)).toMatchObject([{ pageLoads: 1, tracked: 3, received: 2, lost: 1 }]);
  });
}
