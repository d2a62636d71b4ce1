import { expect, it } from 'vitest';
import { classify } from '../../src/report/classify.js';
import { labelledVisits } from './classify-corpus.js';

const visits = labelledVisits();

it('agrees with the labelled corpus', () => {
  const misses = visits.flatMap(({ channel, url, referrer }) => {
    const found = classify({ url, referrer });
    return found.channel === channel
      ? []
      : [`${url} from ${referrer || 'nowhere'}: ${found.channel} by ${found.ruleId}, not ${channel}`];
  });
  expect(visits.length).toBeGreaterThan(400);
  expect(misses).toEqual([]);
});

it('has several cases of every channel that a visit can have', () => {
  const counts = new Map<string, number>();
  for (const { channel } of visits) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  expect([...counts.keys()].length).toBeGreaterThan(28);
});
