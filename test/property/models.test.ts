import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apportion } from '../../src/report/apportion.js';
import { createChannels } from '../../src/report/channels/channels.js';
import { MEDIUM_ALIASES } from '../../src/report/channels/rules/aliases.js';
import { CHANNEL_RULES } from '../../src/report/channels/rules/ga4.js';
import { MODEL_NAMES, MODELS, positionBased, wShaped } from '../../src/report/models/one-journey.js';

const YEAR = 365 * 86_400_000;

const paths = fc
  .array(fc.record({ at: fc.integer({ min: 0, max: 50 * YEAR }), direct: fc.boolean() }), {
    minLength: 1,
    maxLength: 60,
  })
  .map((touches) => touches.sort((a, b) => a.at - b.at));

it.each(MODEL_NAMES)('%s credits exactly 1 per conversion, nothing negative, one credit for each touch', (name) => {
  fc.assert(
    fc.property(paths, fc.nat(YEAR), (touches, delay) => {
      const credits = MODELS[name](touches, (touches.at(-1)?.at ?? 0) + delay);
      expect(credits).toHaveLength(touches.length);
      for (const credit of credits) expect(credit).toBeGreaterThanOrEqual(0);
      expect(credits.reduce((sum, credit) => sum + credit, 0)).toBe(1);
    }),
    { numRuns: 500 },
  );
});

it.each(MODEL_NAMES)('%s does not depend on when the clock started', (name) => {
  fc.assert(
    fc.property(paths, (touches) => {
      const end = touches.at(-1)?.at ?? 0;
      const later = touches.map((touch) => ({ ...touch, at: touch.at + YEAR }));
      const moved = MODELS[name](later, end + YEAR);
      MODELS[name](touches, end).forEach((credit, i) => void expect(moved[i]).toBeCloseTo(credit, 9));
    }),
  );
});

it('weights of one’s own give no touch less than nothing, and nothing to those without weight', () => {
  const weight = fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 100, noNaN: true }));
  const weights = fc.tuple(weight, weight, weight, weight).filter((all) => all.slice(0, 3).some((one) => one > 0));
  fc.assert(
    fc.property(paths, weights, (touches, [a, b, c, d]) => {
      for (const model of [positionBased([a, b, c]), wShaped([a, b, c, d])]) {
        const credits = model(touches, touches.at(-1)?.at ?? 0);
        for (const credit of credits) expect(credit).toBeGreaterThanOrEqual(0);
        expect(credits.reduce((sum, credit) => sum + credit, 0)).toBe(1);
      }
      if (touches.length > 3 && a + b + d > 0) expect(wShaped([a, b, 0, d])(touches, 0).at(-1)).toBe(0);
    }),
    { numRuns: 500 },
  );
});

it('rounds so that the parts add up to the whole and none is off by a unit or more', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 40 }), (values) => {
      const total = values.reduce((sum, value) => sum + value, 0);
      const rounded = apportion(values, 2);
      const cents = rounded.reduce((sum, value) => sum + Math.round(value * 100), 0);
      expect(cents).toBe(values.length === 0 ? 0 : Math.round(Number((total * 100).toPrecision(15))));
      rounded.forEach((value, i) => void expect(Math.abs(value - (values[i] ?? 0))).toBeLessThan(0.0100001));
    }),
    { numRuns: 500 },
  );
});

it('extends Google’s rules without changing them: where Google has an answer, other mediums get it in both modes', () => {
  const ga4 = createChannels('ga4');
  const extended = createChannels('extended');
  const taken = new Set(
    CHANNEL_RULES.filter((rule) => rule.extension).flatMap((rule) => rule.when.flat().flatMap((test) => test.in ?? [])),
  );
  const word = fc.oneof(
    // Not shorter: names of networks that we place otherwise have one or two letters (x, qq).
    fc.string({ minLength: 4, maxLength: 12 }),
    fc.constantFrom(
      '',
      'google',
      'facebook',
      'youtube',
      'amazon',
      'cpc',
      'email',
      'organic',
      'push',
      'shop',
      'display',
      'sms',
    ),
  );
  fc.assert(
    fc.property(word, word, word, (source, medium, campaign) => {
      fc.pre(!taken.has(medium.trim().toLowerCase()) && !MEDIUM_ALIASES.has(medium.trim().toLowerCase()));
      fc.pre(ga4.channelOf({ source, medium, campaign }).channel !== 'Unassigned');
      expect(extended.channelOf({ source, medium, campaign })).toEqual(ga4.channelOf({ source, medium, campaign }));
    }),
    { numRuns: 1000 },
  );
});
