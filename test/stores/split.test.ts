import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitEvents } from '../../src/stores/duckdb/split.js';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const split = (text: string, count: number) =>
  splitEvents(encode(text), count)?.map((bytes) => new TextDecoder().decode(bytes));
const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue());

test('the pieces of any batch are its events, in all three forms, with any space', () => {
  fc.assert(
    fc.property(fc.array(object), object, fc.constantFrom(undefined, 1, '\t'), (batch, rest, space) => {
      const around = Object.fromEntries(
        Object.entries(rest).filter(([key]) => key !== 'batch' && !JSON.stringify(key).includes('\\')),
      );
      for (const body of [batch, { ...around, batch, sentAt: 'x' }, { batch, ...around }]) {
        const pieces = split(` ${JSON.stringify(body, null, space)} `, batch.length);
        expect(pieces?.map((piece) => JSON.parse(piece))).toEqual(JSON.parse(JSON.stringify(batch)));
      }
      const alone = split(JSON.stringify(around, null, space), 1);
      expect(alone?.map((piece) => JSON.parse(piece))).toEqual([JSON.parse(JSON.stringify(around))]);
    }),
  );
});

test('what could be read in two ways is left to the parser', () => {
  expect(split('{"batch":[1],"batch":[2]}', 1)).toBeUndefined();
  expect(split('{"batch":[1],"b\\u0061tch":[2]}', 1)).toBeUndefined();
  expect(split('{"a\\"":1,"batch":[2]}', 1)).toBeUndefined();
  expect(split('{"batch":7}', 1)).toBeUndefined();
  expect(split('[1,2]', 1)).toBeUndefined();
});

test('keys and brackets inside texts and deeper down do not count', () => {
  expect(split('{"x":{"batch":[0]},"y":"\\"batch\\":[","batch":["]}\\\\",{"batch":[5]}],"z":[[]]}', 2)).toEqual([
    '"]}\\\\"',
    '{"batch":[5]}',
  ]);
  expect(split('\ufeff[1, {"a":"\\\\\\""} ,3]', 3)).toEqual(['1', '{"a":"\\\\\\""}', '3']);
});
