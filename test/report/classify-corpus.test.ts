import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { classify } from '../../src/report/channels/classify.js';

const visits = readFileSync(new URL('classify-corpus.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line.includes(' | ') && !line.startsWith('#'))
  .map((line) => {
    const [channel = '', query = '-', referrer = '-'] = line.split(' | ');
    const part = query === '-' ? '' : query.startsWith('#') ? query : `?${query}`;
    return { channel, url: `https://www.shop.example/${part}`, referrer: referrer === '-' ? '' : referrer };
  });

it('agrees with the labelled corpus', () => {
  const misses = visits.flatMap(({ channel, url, referrer }) => {
    const found = classify({ url, referrer });
    const miss = `${url} from ${referrer || 'nowhere'}: ${found.channel} by ${found.ruleId}, not ${channel}`;
    return found.channel === channel ? [] : [miss];
  });
  expect(visits.length).toBeGreaterThan(480);
  expect(misses).toEqual([]);
});

it('gives every visit a rule, evidence and a group', () => {
  for (const { url, referrer } of visits) {
    const { ruleId, evidence, group, channel } = classify({ url, referrer });
    expect(ruleId, url).not.toBe('');
    if (channel !== 'Direct') expect(evidence, url).not.toEqual([]);
    expect(group === 'unknown', `${url} is ${channel}`).toBe(channel === 'Unassigned');
  }
});

it('has cases of every channel that a visit can have', () => {
  expect(new Set(visits.map(({ channel }) => channel)).size).toBe(33);
});
