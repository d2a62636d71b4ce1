import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BadMapping, compileMapping, MAPS } from '../../src/intake/index.js';
import { type DateOrder, localTimeReader } from '../../src/intake/local-time.js';

const read = (map: object, entry: unknown) => compileMapping({ event: 'X', id: ['$.id'], ...map }).read(entry);
const properties = (map: object, entry: object) => {
  const found = read({ properties: map }, { id: 1, ...entry });
  return typeof found === 'string' ? found : found.properties;
};

describe('times', () => {
  test.each<[string, DateOrder, string, string | undefined]>([
    ['2026-11-21T14:05:00Z', 'ymd', 'Europe/Paris', '2026-11-21T14:05:00.000Z'],
    ['2026-11-21T14:05:00+02:00', 'dmy', 'Europe/Paris', '2026-11-21T12:05:00.000Z'],
    ['2026-11-21 14:05', 'ymd', 'Europe/Paris', '2026-11-21T13:05:00.000Z'],
    ['2026-07-21 14:05:06,5', 'ymd', 'Europe/Paris', '2026-07-21T12:05:06.500Z'],
    ['21/11/2026', 'dmy', 'UTC', '2026-11-21T00:00:00.000Z'],
    ['1.7.2026 9:05', 'dmy', 'Europe/Berlin', '2026-07-01T07:05:00.000Z'],
    ['21/11/2026 à 14h05', 'dmy', 'Europe/Paris', '2026-11-21T13:05:00.000Z'],
    ['11/21/2026 14:05', 'mdy', 'America/New_York', '2026-11-21T19:05:00.000Z'],
    ['2026-11-21 14:05', 'dmy', 'Asia/Kolkata', '2026-11-21T08:35:00.000Z'],
    // Clocks go forward: 02:30 is shown by none, and comes out an hour beside it; back: 02:30 is there twice.
    ['2026-03-29 01:59', 'ymd', 'Europe/Paris', '2026-03-29T00:59:00.000Z'],
    ['2026-03-29 03:00', 'ymd', 'Europe/Paris', '2026-03-29T01:00:00.000Z'],
    ['2026-10-25 03:00', 'ymd', 'Europe/Paris', '2026-10-25T02:00:00.000Z'],
    ['31/02/2026', 'dmy', 'UTC', undefined],
    ['1/7/26 9:05', 'dmy', 'UTC', '2026-07-01T09:05:00.000Z'],
    ['7/1/2026 12:05 AM', 'mdy', 'UTC', '2026-07-01T00:05:00.000Z'],
    ['7/1/26, 3:05:09 pm', 'mdy', 'UTC', '2026-07-01T15:05:09.000Z'],
    ['7/1/2026 13:05 PM', 'mdy', 'UTC', undefined],
    ['11/21/2026', 'dmy', 'UTC', undefined],
    ['2026-02-30T00:00:00Z', 'ymd', 'UTC', undefined],
    ['2026-11-21 25:00', 'ymd', 'UTC', undefined],
    ['yesterday', 'ymd', 'UTC', undefined],
    ['', 'ymd', 'UTC', undefined],
  ])('%s (%s, %s)', (text, order, zone, instant) => {
    expect(localTimeReader(order, zone)(text)).toBe(instant);
  });

  test('come back as they were, in any zone and at any hour', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC'),
        (date, zone) => {
          const shown = (at: Date) => at.toLocaleString('sv-SE', { timeZone: zone });
          const found = localTimeReader('ymd', zone)(shown(date));
          // Twice a year an hour is there twice; its wall time still comes back.
          expect(shown(new Date(found ?? ''))).toBe(shown(date));
        },
      ),
    );
  });
});

describe('values', () => {
  test.each([
    ['1 234,50 €', ',', 1234.5],
    ['1.234,50', ',', 1234.5],
    ['1,234.50', '.', 1234.5],
    ['$12', '.', 12],
    ['-3', '.', -3],
    ['0,5', ',', 0.5],
    // Only what can be meant in two ways is left to the sign.
    ['12,50', '.', 12.5],
    ['12.50', ',', 12.5],
    ['1.234.567,8', '.', 1234567.8],
    ['1,234', '.', 1234],
    ['1,234', ',', 1.234],
    ['12,50 EUR', '.', 12.5],
    ['3:12', '.', 192],
    ['1:03:12', '.', 3792],
    ['3:72', '.', undefined],
    ['twelve', '.', undefined],
    ['', '.', undefined],
  ])('%s with a decimal %s', (text, decimal, number) => {
    const found = read({ decimal, properties: { x: { from: '$.x', as: 'number' } } }, { id: 1, x: text });
    expect(found).toMatchObject({ properties: number === undefined ? {} : { x: number } });
  });

  test('come from nested places, several places, words, defaults and literals', () => {
    const map = {
      a: '$.deep.list[1].name',
      b: { from: ['$.none', "$['with space']"] },
      c: { from: '$.c', words: { S: 'sale', '*': 'other' } },
      d: { from: '$.d', default: 'nothing' },
      e: 'literally',
      f: { from: '$.f', as: 'boolean' },
      g: { each: '$.lines', item: { sku: '$.s' } },
      h: '$.toString',
    };
    const entry = { deep: { list: [{}, { name: 'n' }] }, 'with space': 7, c: 'X', f: 'oui', lines: [{ s: 1 }, {}] };
    expect(properties(map, entry)).toEqual({
      ...{ a: 'n', b: 7, c: 'other', d: 'nothing', e: 'literally', f: true },
      g: [{ sku: 1 }, {}],
    });
  });
});

describe('an entry', () => {
  test('without its id, its name or its time is named as bad', () => {
    expect(read({}, {})).toBe('missing-id');
    expect(read({ event: '$.kind' }, { id: 1 })).toBe('missing-event-name');
    expect(read({ at: '$.at' }, { id: 1, at: 'never' })).toBe('bad-timestamp');
    expect(read({ when: { '$.kind': ['a', 'b'] } }, { id: 1, kind: 'c' })).toBe('ignored');
  });

  test('is itself by all of it where the mapping names no id', () => {
    const idOf = (entry: object) => {
      const found = compileMapping({ event: 'X' }).read(entry);
      return typeof found === 'string' ? found : found.id;
    };
    expect(idOf({ a: 1 })).toEqual(idOf({ a: 1 }));
    expect(idOf({ a: 1 })).not.toEqual(idOf({ a: 2 }));
  });

  test('of any JSON at all is read without an error, by every ready-made map', () => {
    const mappings = Object.values(MAPS).map((map) => compileMapping(map));
    fc.assert(
      fc.property(fc.jsonValue(), (entry) => {
        for (const mapping of mappings) mapping.read(entry);
      }),
    );
  });
});

test.each([
  [{ event: 'X', ids: ['$.id'] }, /^ids must be left out/],
  [{ id: ['$.id'] }, /^event must be/],
  [{ event: 'X', id: '$.id' }, /^id must be a list/],
  [{ event: 'X', id: ['$.a[x]'] }, /^id\[0\] must be a place/],
  [{ event: 'X', who: { mail: '$.m' } }, /^who.mail must be left out/],
  [{ event: 'X', properties: { a: { form: '$.a' } } }, /^properties.a.form must be left out/],
  [{ event: 'X', properties: { a: { each: 'lines', item: {} } } }, /^properties.a.each must be a place/],
  [{ event: 'X', timezone: 'Europe/Lutetia' }, /^timezone must be a time zone/],
  [{ event: 'X', dates: 'ydm' }, /^dates must be/],
  [[], /must be an object/],
])('a mapping like %j is refused', (map, why) => {
  expect(() => compileMapping(map)).toThrow(BadMapping);
  expect(() => compileMapping(map)).toThrow(why);
});
