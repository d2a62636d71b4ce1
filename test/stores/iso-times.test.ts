import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoMs, isoTexts } from '../../src/stores/iso-times.js';

const LONGEST = 8.64e15;

it('texts of many times are those of toISOString, and read back', () => {
  const time = fc.oneof(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: -LONGEST, max: LONGEST }));
  fc.assert(
    fc.property(fc.array(time, { maxLength: 20 }), (times) => {
      const texts = isoTexts(Float64Array.from(times));
      expect(texts).toEqual(times.map((ms) => new Date(ms).toISOString()));
      expect(texts.map(isoMs)).toEqual(times);
    }),
  );
});

it.each(['0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '2024-02-29T12:34:56.789Z'])('reads %s', (text) => {
  expect(isoMs(text)).toBe(Date.parse(text));
});
