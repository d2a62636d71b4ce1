import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalUsers, resolvePersons } from '../../src/stores/persons.js';

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const rows = fc.array(
  fc.record({
    userId: fc.option(id),
    anonymousId: fc.option(fc.constantFrom('x', 'y', 'z')),
    previousId: fc.option(id, { freq: 2 }),
    trusted: fc.boolean(),
    at: fc.integer({ min: 0, max: 9 }),
  }),
  { maxLength: 30 },
);

test('edges give the same persons in any order and any number', () => {
  fc.assert(
    fc.property(
      rows.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 })),
      ),
      ([some, twice]) => {
        const complete = (list: typeof some) => list.map((row) => ({ ...row, device: `a${row.anonymousId}` }));
        const [plain, shuffled] = [resolvePersons(complete(some)), resolvePersons(complete(twice))];
        for (const row of complete(some)) {
          expect(shuffled.personOf(row)).toBe(plain.personOf(row));
          if (row.userId) expect(shuffled.canonical(row.userId)).toBe(plain.canonical(row.userId));
        }
      },
    ),
  );
});

test('without an alias of the secret key no two users are one', () => {
  fc.assert(
    fc.property(rows, (some) => {
      const { personOf } = resolvePersons(
        some.map((row) => ({ ...row, device: `a${row.anonymousId}`, trusted: false })),
      );
      for (const row of some) {
        if (row.userId) expect(personOf({ ...row, device: '' })).toBe(`u${row.userId}`);
      }
    }),
  );
});

test('merged users have one name, which is one of them', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ from: id, to: id }), { minLength: 1 }), (merges) => {
      const names = canonicalUsers(merges);
      for (const { from, to } of merges) expect(names.get(from)).toBe(names.get(to));
      for (const [user, name] of names) expect(names.get(name)).toBe(names.get(user));
    }),
  );
});
