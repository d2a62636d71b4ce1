import { expect, it } from 'vitest';
import { uuidv7 } from '../../src/protocol/index.js';

const words = () => crypto.getRandomValues(new Uint32Array(3));

it('is a UUID of version 7 that carries its time', () => {
  const now = Date.UTC(2026, 10, 22, 17, 54);
  const id = uuidv7(now, words());
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(now);
});

it('sorts by time, and differs within a millisecond', () => {
  const times = [0, 1, 2 ** 40, 2 ** 40 + 1, 2 ** 47];
  const ids = times.map((ms) => uuidv7(ms, words()));
  expect([...ids].sort()).toEqual(ids);
  expect(new Set(Array.from({ length: 1000 }, () => uuidv7(5, words()))).size).toBe(1000);
});
