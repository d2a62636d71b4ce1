import { expect, test } from 'vitest';
import { attacksOn } from './attacks.js';
import { expressionsOfSource } from './expressions.js';
import { MOST_STEPS, walkOf } from './steps.js';

const LENGTH = 120;
/** Linear growth is 2; what has quadratic parts comes to 4. */
const STEEPEST = 2.7;
/** Below so many steps a character no part can be quadratic, and nothing is measured twice. */
const FEW = 20;

/**
 * Expressions that take the square of the length, on texts that are short for another reason. Whoever adds one says what
 * bounds the text; whoever can, writes another expression.
 */
const BOUNDED: { readonly [expression: string]: string } = {
  '/\\/+$/': "an address in the owner's own settings",
  '/[^.]+\\.((com?|org|net|gov|ac|edu)\\.)?[^.\\d]+$/': 'a host name of a page that was visited: 253 characters',
  '/(@|%40).+\\./': 'a parameter, cut to 255 or 512 characters before',
  '/(@|%40|%2540).+\\./i': 'a parameter, cut to 255 or 512 characters before',
  '/@.+\\./': 'a search term or campaign, cut to or refused over 255 characters before',
  '/(?=\\w{16})\\w*(?:\\d\\w*[a-z]|[a-z]\\w*\\d)/i': 'a part of a path, refused over 80 characters before',
  '/\\[([^\\]]+)\\]/': 'a parameter, cut to 255 characters before',
};

/** The steepest growth of steps when an attack becomes twice as long, over all attacks. */
function steepest(source: string, flags: string): { growth: number; attack: string } {
  const walk = walkOf(source, flags);
  const long = attacksOn(walk.pattern, flags, 2 * LENGTH);
  let worst = { growth: 0, attack: '' };
  attacksOn(walk.pattern, flags, LENGTH).forEach((attack, index) => {
    const before = walk.steps(attack);
    if (before < FEW * LENGTH) return;
    const growth = before < MOST_STEPS ? walk.steps(long[index] ?? '') / before : Number.POSITIVE_INFINITY;
    if (growth > worst.growth) worst = { growth, attack: attack.slice(0, 30) };
  });
  return worst;
}

test.each([
  ['(a+)+$', 'exponential'],
  ['^(?:a|a)*b', 'exponential'],
  ['x*y*$', 'quadratic'],
  ['(?:=|$).*;', 'quadratic'],
  ['\\s*,\\s*', 'quadratic'],
])('the measure sees that %s is %s', (source) => {
  expect(steepest(source, '').growth).toBeGreaterThan(STEEPEST);
});

test.each(['^[a-z]+\\.[a-z]+$', '[?#][^?#]*=', '^(?:ab|cd)*$', '"[^"]*"'])('and that %s is not', (source) => {
  expect(steepest(source, '').growth).toBeLessThan(STEEPEST);
});

test('no regular expression of the source takes more than a multiple of the length of its text', () => {
  const all = expressionsOfSource();
  expect(all.length).toBeGreaterThan(150);
  const slow = all.flatMap(({ file, source, flags }) => {
    const { growth, attack } = steepest(source, flags);
    const name = `/${source}/${flags}`;
    return growth > STEEPEST && !Object.hasOwn(BOUNDED, name) ? [{ file, name, growth, attack }] : [];
  });
  expect(slow).toEqual([]);
});

test('every exception is still there', () => {
  const names = new Set(expressionsOfSource().map(({ source, flags }) => `/${source}/${flags}`));
  expect(Object.keys(BOUNDED).filter((name) => !names.has(name))).toEqual([]);
});
