import { expect, test } from 'vitest';
import type { Store, Thread, ThreadQuery } from '../../src/stores/contract.js';
import { textNumber } from '../../src/stores/text-number.js';
import { GOAL, GOOGLE, NEWS, week } from './scenario.js';
import type { Filled } from './stores.js';
import { all, at, events, record } from './wire.js';

/** Whole people: each once, with their visits, touches and the events that were asked for. */
export function testThreads(filled: Filled): void {
  const threads = async (store: Store, query: Partial<ThreadQuery> = {}) => {
    const found = await all(store.threads({ events: [GOAL], ...query }));
    return new Map(found.map((thread) => [thread.person, thread]));
  };
  const device = (id: string) => textNumber(`a${id}`);

  test('a person of two devices: visits, touches and orders, in a session and outside', async () => {
    const found = await threads(await filled(...week()));
    expect([...found.keys()].sort()).toEqual(['ann', 'other', 'stranger']);
    const order = (id: string, total: number) => ({
      name: GOAL,
      properties: { order_id: id, total, currency: 'EUR' },
    });
    expect(found.get('ann')).toEqual({
      person: 'ann',
      identified: true,
      firstSeen: at(0),
      lastSeen: at(1500),
      firstOrdered: at(70),
      visits: [
        { at: at(0), seconds: 30, pageViews: 2, sourceKey: GOOGLE, device: device('phone') },
        { at: at(60), seconds: 660, pageViews: 1, sourceKey: 'direct', device: device('laptop') },
      ],
      touches: [
        { at: at(0), sourceKey: GOOGLE },
        { at: at(60), sourceKey: 'direct' },
      ],
      events: [
        { messageId: 'm4', at: at(70), visit: 1, interactive: true, ...order('A', 20.1) },
        { messageId: 'm5', at: at(71), visit: 1, interactive: true, ...order('A', 20.1) },
        { messageId: 'till1', at: at(1500), ...order('T', 5.2) },
      ],
    } satisfies Thread);
    expect(found.get('other')).toMatchObject({
      identified: false,
      visits: [{ sourceKey: NEWS, device: device('other') }],
      events: [],
    });
  });

  test('somebody whom only a server knows has a thread without visits; who only identified has one too', async () => {
    const store = await filled(
      record(
        1,
        events(
          { minute: 5, userId: 'u', event: 'Email Delivered' },
          { minute: 6, type: 'identify', userId: 'v' },
          { minute: 7, userId: 'null', event: 'x' },
        ),
      ),
    );
    expect(await threads(store)).toMatchObject(
      new Map([
        ['u', { identified: true, firstSeen: at(5), visits: [], touches: [], events: [] }],
        ['v', { identified: true, lastSeen: at(6) }],
        ['null', { identified: false }],
      ]),
    );
  });

  test('a range: who did nothing in it is left out; first and last sight are of all time', async () => {
    const store = await filled(...week());
    const found = await threads(store, { from: at(50), to: at(1000), events: [GOAL, 'x'] });
    expect([...found.keys()].sort()).toEqual(['ann', 'other']);
    expect(found.get('ann')).toMatchObject({
      firstSeen: at(0),
      lastSeen: at(1500),
      visits: [{ at: at(60) }],
      touches: [{ at: at(60), sourceKey: 'direct' }],
      events: [{ messageId: 'm4', visit: 0 }, { messageId: 'm5' }],
    });
    // The order of minute 70 falls into a session that began before the range: it is there without its visit.
    const late = (await threads(store, { from: at(65) })).get('ann');
    expect(late).toMatchObject({ visits: [], touches: [], events: [{}, {}, {}] });
    expect(late?.events[0]).not.toHaveProperty('visit');
    expect((await threads(store, { to: at(1) })).get('ann')?.visits).toHaveLength(1);
  });

  test('of a goal, repeats of orders from before the range are left out; when somebody first ordered is told', async () => {
    const order = (minute: number, userId: string, id?: string) => ({
      minute,
      userId,
      messageId: `${userId}-${minute}`,
      event: GOAL,
      properties: id === undefined ? {} : { order_id: id },
    });
    const store = await filled(
      record(1, events(order(1, 'ann', 'o1'), order(50, 'bob', 'o1'), order(51, 'bob'), order(52, 'ann', 'o2'))),
      record(2, events(order(53, 'ann', 'o2'), { ...order(54, 'eve', 'o1'), event: 'Order Refunded' })),
    );
    const query = { from: at(40), events: [GOAL, 'Order Refunded'] };
    const found = async (more: Partial<ThreadQuery>) =>
      [...(await threads(store, { ...query, ...more })).values()].map(({ person, firstOrdered, events: asked }) => [
        person,
        firstOrdered,
        ...asked.map(({ messageId }) => messageId),
      ]);
    const ordered = [
      ['ann', at(1), 'ann-52', 'ann-53'],
      ['bob', at(50), 'bob-51'],
      ['eve', undefined, 'eve-54'],
    ];
    expect((await found({ goal: GOAL })).sort()).toEqual(ordered);
    expect((await found({})).sort()).toEqual(ordered.with(1, ['bob', at(50), 'bob-50', 'bob-51']));
  });

  test('only who did what was asked for, as whole as ever; bare events have no details', async () => {
    const store = await filled(...week());
    const query = { from: at(50), events: [GOAL, 'x'] };
    const everybody = [...(await threads(store, query)).values()];
    const few = [...(await threads(store, { ...query, only: 'asked' })).values()];
    expect(few).toEqual(everybody.filter(({ events: asked }) => asked.length > 0));
    expect(few.map(({ person }) => person).sort()).toEqual(['ann', 'stranger']);
    const bare = [...(await threads(store, { ...query, bare: true, only: 'asked' })).values()];
    expect(bare).toEqual(
      few.map((thread) => ({
        ...thread,
        events: thread.events.map(({ at: time, name }) => ({ at: time, name, messageId: '', properties: {} })),
      })),
    );
    expect(await threads(store, { events: ['nobody did this'], only: 'asked' })).toEqual(new Map());
    const without = (part: 'names' | 'visits' | 'touches') => all(store.threads({ ...query, without: [part] }));
    expect(await without('names')).toEqual(everybody.map((thread) => ({ ...thread, person: '' })));
    expect(await without('touches')).toEqual(everybody.map((thread) => ({ ...thread, touches: [] })));
    expect(await without('visits')).toEqual(
      everybody.map((thread) => ({
        ...thread,
        visits: [],
        events: thread.events.map(({ visit: _, ...asked }) => asked),
      })),
    );
  });

  test('bots have threads only where they are asked for; the channel of an event is told', async () => {
    const till = { minute: 3, userId: 'ann', event: GOAL };
    // What other clients send: not in our types.
    const named = { channel: { name: 'phone' } } as unknown as { channel: string };
    const store = await filled(
      ...week(),
      record(
        3,
        events({ ...till, messageId: 'a', context: { channel: 'store' } }, { ...till, messageId: 'b', context: named }),
      ),
    );
    expect((await threads(store)).get('ann')?.events.slice(0, 2)).toMatchObject([
      { channel: 'store' },
      { channel: 'phone' },
    ]);
    expect((await threads(store)).has('bot')).toBe(false);
    expect((await threads(store, { bots: true })).get('bot')).toMatchObject({ visits: [{}], events: [{}] });
  });

  test('more people than a page, in one order; a reader may ask, leave, and see an erasure in between', async () => {
    const many = Array.from({ length: 4500 }, (_, i) => events({ minute: i, anonymousId: `d${i}` })[0]);
    const batch = many.flatMap((event, i) => (event ? [{ ...event, messageId: `e${i}` }] : []));
    const store = await filled(record(1, batch));
    const people = (await all(store.threads({ events: [] }))).map(({ person }) => person);
    expect(people).toEqual(
      [...new Set(batch.map(({ anonymousId = '' }) => anonymousId))].sort((a, b) => device(a) - device(b)),
    );
    const seen: string[] = [];
    for await (const { person } of store.threads({ events: [] })) {
      seen.push(person);
      // Read with nothing held: the store answers, and may replace its file, while the reader is at the first page.
      if (seen.length === 10) expect(await store.erase(people.at(-1) ?? '', at(99_999))).toBeDefined();
    }
    expect(seen.slice(0, 4499)).toEqual(people.slice(0, 4499));
    for await (const { person } of store.threads({ events: [] })) {
      expect(person).toBe(people[0]);
      break;
    }
    expect(await all(store.threads({ events: [], from: at(90_000) }))).toEqual([]);
  });
}
