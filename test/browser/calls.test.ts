import { describe, expect, it } from 'vitest';
import { type CallMethod, draftFromCall } from '../../src/browser/calls.js';

const options = { timestamp: '2026-01-01T00:00:00.000Z' };
const data = { a: 1 };
const callback = () => {};
/** What remains of a draft on the wire. */
const draft = (method: CallMethod, ...args: unknown[]) => JSON.parse(JSON.stringify(draftFromCall(method, args)));

describe('argument orders of analytics.js', () => {
  it.each<[CallMethod, unknown[], object]>([
    ['page', [], {}],
    ['page', ['Home'], { name: 'Home' }],
    ['page', ['Docs', 'Home'], { category: 'Docs', name: 'Home' }],
    ['page', ['Docs', 'Home', data, options, callback], { category: 'Docs', name: 'Home', properties: data, options }],
    ['page', ['Home', data], { name: 'Home', properties: data }],
    ['page', [data, options], { properties: data, options }],
    ['page', [null, 'Home', data], { name: 'Home', properties: data }],
    ['page', [callback], {}],
    ['track', ['Done'], { event: 'Done' }],
    ['track', ['Done', data], { event: 'Done', properties: data }],
    ['track', ['Done', null, options], { event: 'Done', options }],
    ['track', ['Done', data, callback], { event: 'Done', properties: data }],
    ['identify', ['u1'], { userId: 'u1' }],
    ['identify', [42, data], { userId: '42', traits: data }],
    ['identify', [data, options], { traits: data, options }],
    ['identify', [null, data], { traits: data }],
    ['group', ['g1', data, options], { groupId: 'g1', traits: data, options }],
    ['alias', ['new', 'old', options], { userId: 'new', previousId: 'old', options }],
    ['alias', ['new', options], { userId: 'new', options }],
    ['alias', ['new', null, options], { userId: 'new', options }],
  ])('%s(%j)', (method, args, expected) => {
    expect(draft(method, ...args)).toEqual({ type: method, ...expected });
  });

  it.each<[CallMethod, unknown[]]>([
    ['track', []],
    ['track', [data]],
    ['track', ['']],
    ['group', [data]],
    ['alias', []],
  ])('%s(%j) misses its name or id', (method, args) => {
    expect(() => draftFromCall(method, args)).toThrow(method);
  });
});
