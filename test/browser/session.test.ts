import { expect, it } from 'vitest';
import { nextSession } from '../../src/browser/session.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 0, 1);
const next = (running: ReturnType<typeof nextSession> | undefined, at: number) =>
  nextSession(running, at, 30 * MINUTE, '01900000-0000-7abc-a123-0123456789ab');

it('begins with the first event', () => {
  expect(next(undefined, START)).toMatchObject({ start: START, last: START });
});

it('lasts through exactly 30:00.000 of idleness, and no millisecond more', () => {
  const first = next(undefined, START);
  const second = next(first, START + 30 * MINUTE);
  expect(second).toEqual({ id: first.id, start: START, last: START + 30 * MINUTE });
  expect(next(second, START + 60 * MINUTE + 1).id).not.toBe(first.id);
});

it('ends after 24 hours, however busy', () => {
  let session = next(undefined, START);
  const { id } = session;
  for (let at = START; at <= START + 24 * HOUR; at += 20 * MINUTE) session = next(session, at);
  expect(session.id).toBe(id);
  expect(next(session, START + 24 * HOUR + 1).id).not.toBe(id);
});

it('is not ended by a clock set back, nor made longer', () => {
  const first = next(next(undefined, START), START + 10 * MINUTE);
  const back = next(first, START - 5 * HOUR);
  expect(back).toEqual(first);
  expect(next(back, START + 40 * MINUTE).id).toBe(first.id);
  expect(next(back, START + 40 * MINUTE + 1).id).not.toBe(first.id);
});

it('has an id that every tab makes alike, is never given twice, and is not that of the device', () => {
  const first = next(undefined, START);
  expect(first.id).toMatch(/^7abc-a123-0123456789ab\.\d+$/);
  const [second, elsewhere] = [next(first, START + HOUR), next(first, START + HOUR + 3)];
  expect(second.id).toBe(elsewhere.id);
  const third = next(second, START + 2 * HOUR);
  expect(new Set([first.id, second.id, third.id]).size).toBe(3);
  // An id from before they were made this way.
  expect(next({ ...first, id: 'old' }, START + HOUR).id).toBe('old.1');
});
