import { expect, test } from 'vitest';
import type { WireEvent } from '../../src/protocol/index.js';
import type { JourneyQuery } from '../../src/stores/contract.js';
import { GOAL, MAIL } from './scenario.js';
import type { Filled } from './stores.js';
import { all, at, events, record, type Sketch } from './wire.js';

const CALL = '[null,"phone",null,null,null,null,null,null]';
const mail = { campaign: { source: 'mail', medium: 'email' } };
const url = { page: { url: 'https://shop.example/' } };

/** Touches outside of sessions. */
export function testTold(filled: Filled): void {
  const who = { anonymousId: 'd', userId: 'ann' };
  const touches = async (sketches: Sketch[], query: Partial<JourneyQuery> = {}) => {
    const order = { minute: 10_000, event: GOAL, context: url };
    const store = await filled(record(1, events(...[...sketches, order].map((one) => ({ ...who, ...one })))));
    const journeys = await all(store.journeys({ goal: GOAL, lookbackDays: 30, ...query }));
    const path = journeys.at(-1)?.touches.filter((touch) => touch.at !== at(10_000));
    const [thread] = await all(store.threads({ events: [] }));
    // The thread has all kinds; the order's own visit is not what is asked about.
    if (!query.kinds) {
      expect(thread?.touches.filter((touch) => touch.kind !== 'view' && touch.at !== at(10_000))).toEqual(path);
    }
    return path?.map(({ at: time, sourceKey, kind }) => [
      (Date.parse(time) - Date.parse(at(0))) / 60_000,
      sourceKey,
      kind,
    ]);
  };
  const event = (minute: number, name: string, rest: Partial<WireEvent> = {}): Sketch => ({
    minute,
    event: name,
    ...rest,
  });

  test('clicks, calls and visits of a shop are touches; what is sent or delivered is none', async () => {
    expect(
      await touches([
        event(0, 'Email Delivered', { context: mail }),
        event(1, 'Email Link Clicked', { context: mail }),
        event(50, 'Call Started', { properties: { call_id: 7 } }),
        event(90, 'Call Ended', { properties: { call_id: 7 } }),
        event(100, 'Store Visited'),
        event(150, 'Order Shipped'),
        event(160, 'Push Notification Tapped', { properties: { campaign: { source: 'crm', name: 'sale' } } }),
        event(170, 'Live Chat Conversation Started', { context: { channel: 'chat' } }),
      ]),
    ).toEqual([
      [1, MAIL, 'click'],
      [50, CALL, 'contact'],
      [100, '[null,"store",null,null,null,null,null,null]', 'contact'],
      [160, '["crm","push","sale",null,null,null,null,null]', 'click'],
      [170, '[null,"live-chat",null,null,null,null,null,null,"chat"]', 'contact'],
    ]);
  });

  test('a click as the mailer reports it and its landing are one touch, the visit; later ones are others', async () => {
    const landing = { ...url, campaign: { source: 'Mail', medium: 'email', name: 'june' } };
    const click = (minute: number, campaign: { [name: string]: string }) =>
      event(minute, 'Email Link Clicked', { context: { campaign } });
    const key = '["Mail","email","june",null,null,null,null,null]';
    expect(await touches([click(-5, { name: 'June' }), { minute: 0, context: landing }])).toEqual([
      [0, key, undefined],
    ]);
    expect(await touches([{ minute: 0, context: landing }, click(30, mail.campaign)])).toEqual([[0, key, undefined]]);
    expect(await touches([{ minute: 0, context: landing }, click(31, mail.campaign)])).toHaveLength(2);
    expect(await touches([{ minute: 0, context: landing }, click(1, { name: 'july' })])).toHaveLength(2);
    // Opened twice, clicked twice: within half an hour of each other, nobody came back.
    expect(await touches([click(0, {}), click(20, {}), click(45, {}), click(90, {})])).toHaveLength(2);
  });

  test('what a machine did is no touch', async () => {
    expect(
      await touches([
        event(0, 'Link Clicked', { context: mail, properties: { automated: true } }),
        event(50, 'Link Clicked', { context: { ...mail, userAgent: 'Googlebot/2.1' } }),
        event(90, 'Link Clicked', { context: mail }),
        event(91, 'Link Clicked', { context: { ...url, ...mail } }),
      ]),
    ).toEqual([[91, MAIL, undefined]]);
  });

  test('views count only when they are asked for, and are forgotten sooner', async () => {
    const opens = [
      event(0, 'Email Opened'),
      event(9000, 'Email Opened'),
      event(9100, 'Email Opened', { properties: { machine: true } }),
    ];
    const key = '[null,"email",null,null,null,null,null,null]';
    expect(await touches(opens)).toEqual([]);
    expect(await touches(opens, { kinds: ['view'] })).toEqual([[9000, key, 'view']]);
    expect(await touches(opens, { kinds: ['view', 'visit'], viewLookbackDays: 20 })).toHaveLength(2);
    expect(await touches(opens, { kinds: ['click'], viewLookbackDays: 20 })).toEqual([]);
  });

  test('an order at a till is a contact at its own time and counts for the till; what SDKs call their channel does not', async () => {
    const order = (id: string, minute: number, channel?: string) =>
      event(minute, GOAL, {
        userId: 'ann',
        properties: { order_id: id, total: 5 },
        ...(channel && { context: { channel } }),
      });
    const visit = { minute: 0, userId: 'ann', context: mail };
    const store = await filled(
      record(
        1,
        events(
          visit,
          order('till', 100, 'Store'),
          order('till', 105, 'Store'),
          order('api', 200, 'server'),
          order('app', 300, 'mobile'),
        ),
      ),
    );
    const till = '[null,"store",null,null,null,null,null,null,"store"]';
    const journeys = await all(store.journeys({ goal: GOAL, lookbackDays: 30 }));
    const both = [
      { at: at(0), sourceKey: MAIL },
      { at: at(100), sourceKey: till, kind: 'contact' },
    ];
    expect(journeys).toMatchObject([
      { orderId: 'till', touches: both },
      { orderId: 'api', touches: both },
      { orderId: 'app', touches: both },
    ]);
    const labels = new Map([
      [till, 'Store'],
      [MAIL, 'Mail'],
    ]);
    expect(await store.kpis({ goal: GOAL, by: 'label', labels })).toMatchObject([
      { label: 'Mail', sessions: 1, conversions: 2 },
      { label: 'Store', sessions: 0, conversions: 1 },
    ]);
    expect(await store.sources({ goal: GOAL, from: at(50) })).toEqual([
      { key: till, medium: 'store', context: 'store' },
      { key: 'direct' },
    ]);
  });

  test('an app says on each event that it is one: one touch, and none beside a campaign', async () => {
    const app = { channel: 'mobile' };
    const bare = '[null,null,null,null,null,null,null,null,"mobile"]';
    const screen = (minute: number, context: object = app): Sketch => ({ minute, type: 'screen', context });
    expect(await touches([screen(0), screen(1)])).toEqual([[0, bare, undefined]]);
    const campaign = '["mail","email",null,null,null,null,null,null,"mobile"]';
    expect(await touches([screen(0, { ...app, ...mail }), screen(1)])).toEqual([[0, campaign, undefined]]);
    expect(await touches([screen(0), screen(1, { ...app, ...mail }), screen(2)])).toEqual([
      [0, bare, undefined],
      [1, campaign, undefined],
    ]);
  });
}
