import { expect, test } from 'vitest';
import {
  CHOICE_NOTED_EVENT,
  CONSENT_EVENT,
  WITHDRAWAL_APPLIED_EVENT,
  type WireEvent,
} from '../../src/protocol/index.js';
import type { ConsentQuery } from '../../src/stores/consent.js';
import type { Filled } from './stores.js';
import { at, events, record, type Sketch } from './wire.js';

type Preferences = { [purpose: string]: boolean };

/** A line of the ledger, as the receiver writes it. */
function choice(
  minute: number,
  anonymousId: string,
  preferences: Preferences,
  proof: Preferences | object = {},
): Sketch {
  const context: WireEvent['context'] = { consent: { categoryPreferences: preferences } };
  return { minute, anonymousId, event: CHOICE_NOTED_EVENT, properties: { source: 'klaro', ...proof }, context };
}

/** Receives everything two minutes after the day's first minute, or when it is said. */
function batch(position: number, sketches: Sketch[], receivedAt = at(2)) {
  const named = sketches.map((sketch, i) => ({ messageId: `${position}-${i}`, ...sketch }));
  return record(position, events(...named), { receivedAt });
}

const YES: Preferences = { analytics: true, attribution: true };
const LESS: Preferences = { analytics: true, attribution: false };

/** Choices of everybody, counted by hand. */
export function testConsent(filled: Filled): void {
  const total: ConsentQuery = { by: 'total' };
  const none = { choices: 0, devices: 0, granted: 0, denied: 0, withdrawn: 0 };
  const beside = { removed: 0, trimmed: 0, events: 0, recorded: 0, early: 0 };

  test('nothing chosen, nothing counted', async () => {
    const store = await filled();
    for (const by of ['total', 'day', 'platform', 'version', 'purpose'] as const)
      expect(await store.consent({ by })).toEqual({ rows: [], total: none, ...beside });
  });

  test('a choice counts once until it changes; a withdrawal is one of the device that had granted', async () => {
    const store = await filled(
      batch(1, [
        choice(0, 'a', YES, { version: '1' }),
        choice(1, 'a', YES, { version: '1' }),
        choice(0, 'b', YES, { source: 'stamp' }),
      ]),
      batch(
        2,
        [
          // Another order of the same purposes is no other choice; a stamp proves nothing new.
          choice(60, 'a', { attribution: true, analytics: true }, { version: '1' }),
          choice(61, 'a', YES, { source: 'stamp', version: undefined }),
          choice(62, 'a', YES, { version: '2' }),
          choice(63, 'a', LESS, { version: '2' }),
          { ...choice(64, 'b', { analytics: false, attribution: false }), event: CONSENT_EVENT },
          choice(65, 'c', { analytics: false }, { source: undefined }),
        ],
        at(70),
      ),
    );
    const answer = await store.consent({ by: 'purpose' });
    expect(answer.total).toEqual({ choices: 6, devices: 3, granted: 4, denied: 2, withdrawn: 1 });
    expect(answer.rows).toEqual([
      { purpose: 'analytics', choices: 6, devices: 3, granted: 4, denied: 2, withdrawn: 1 },
      { purpose: 'attribution', choices: 5, devices: 2, granted: 3, denied: 2, withdrawn: 2 },
    ]);
    expect((await store.consent({ by: 'platform' })).rows).toEqual([
      { platform: '', choices: 1, devices: 1, granted: 0, denied: 1, withdrawn: 0 },
      { platform: 'klaro', choices: 4, devices: 2, granted: 3, denied: 1, withdrawn: 1 },
      { platform: 'stamp', choices: 1, devices: 1, granted: 1, denied: 0, withdrawn: 0 },
    ]);
    expect((await store.consent({ by: 'version' })).rows.map(({ version, choices }) => [version, choices])).toEqual([
      ['', 3],
      ['1', 1],
      ['2', 2],
    ]);
    // What was known before the range is no news in it, and what it takes back is.
    expect((await store.consent({ ...total, from: at(30) })).total).toEqual({
      ...{ choices: 4, devices: 3, granted: 2, denied: 2, withdrawn: 1 },
    });
  });

  test('another TC or GPP string is another choice; texts that are no whole characters do no harm', async () => {
    const half = 'half \ud800';
    const store = await filled(
      batch(1, [choice(0, 'a', YES, { string: 'CQ1' }), choice(1, 'a', YES, { string: 'CQ1' })]),
      batch(2, [choice(60, 'a', YES, { string: 'CQ2' }), choice(61, 'a', YES, { string: '' })], at(62)),
      batch(3, [choice(70, 'b', YES, { source: half, string: half }), choice(71, 'b', LESS, { source: half })], at(72)),
    );
    const rows = (await store.consent({ by: 'platform' })).rows;
    expect(rows.map(({ platform, choices, devices }) => [platform, choices, devices])).toEqual([
      [half, 2, 1],
      ['klaro', 3, 1],
    ]);
  });

  test('what is not even named any more is withdrawn; days begin in the time zone', async () => {
    const late = 13 * 60 + 30;
    const store = await filled(
      batch(1, [choice(0, 'a', YES)]),
      batch(2, [choice(late, 'a', { attribution: true })], at(late)),
    );
    expect((await store.consent({ by: 'purpose' })).rows).toEqual([
      { purpose: 'analytics', choices: 2, devices: 1, granted: 1, denied: 0, withdrawn: 1 },
      { purpose: 'attribution', choices: 2, devices: 1, granted: 2, denied: 0, withdrawn: 0 },
    ]);
    const days = async (timezone: string) => (await store.consent({ by: 'day', timezone })).rows.map(({ day }) => day);
    expect(await days('UTC')).toEqual(['2026-11-02']);
    expect(await days('Europe/Paris')).toEqual(['2026-11-02', '2026-11-03']);
  });

  test('events that arrived before the first choice of their device are told, and those without one', async () => {
    const store = await filled(
      batch(
        1,
        [
          { minute: 0, anonymousId: 'a' },
          { minute: 1, userId: 'till' },
        ],
        at(3),
      ),
      batch(2, [choice(5, 'a', YES), { minute: 4, anonymousId: 'a' }, { minute: 6, anonymousId: 'a' }], at(6)),
      batch(3, [{ minute: 7, anonymousId: 'b', context: { consent: { categoryPreferences: YES } } }], at(8)),
    );
    expect(await store.consent(total)).toMatchObject({ events: 5, recorded: 2, early: 1 });
    expect(await store.consent({ ...total, from: at(4) })).toMatchObject({ events: 3, recorded: 2, early: 0 });
  });

  test('what withdrawals took out is added up in their range', async () => {
    const applied = (minute: number, removed: number, trimmed: number): Sketch => ({
      ...{ minute, anonymousId: 'a', event: WITHDRAWAL_APPLIED_EVENT },
      properties: { policy: 'trim', removed, trimmed },
    });
    const store = await filled(batch(1, [applied(1, 3, 0), applied(2, 1, 4)]), batch(2, [applied(90, 0, 5)], at(90)));
    expect(await store.consent(total)).toEqual({ rows: [], total: none, ...beside, removed: 4, trimmed: 9 });
    expect(await store.consent({ ...total, to: at(30) })).toMatchObject({ removed: 4, trimmed: 4 });
  });
}
