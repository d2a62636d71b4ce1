import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type ChannelMode, createChannels } from '../../src/report/channels/channels.js';
import { classify } from '../../src/report/channels/classify.js';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8').split('\n');

it('agrees with a corpus that was labelled before looking at the rules', () => {
  let mode: ChannelMode = 'extended';
  let count = 0;
  const misses: string[] = [];
  for (const line of read('classify-outside.txt')) {
    if (line === '[ga4]') mode = 'ga4';
    if (line.startsWith('#') || !line.includes(' | ')) continue;
    const [channel = '', query = '-', referrer = '-'] = line.split(' | ');
    const url = `https://www.shop.example/${query === '-' ? '' : `?${query}`}`;
    const found = classify({ url, referrer: referrer === '-' ? '' : referrer }, { mode });
    if (found.channel !== channel) misses.push(`${mode} ${line}: ${found.channel} by ${found.ruleId}`);
    count += 1;
  }
  expect(count).toBeGreaterThan(350);
  expect(misses).toEqual([]);
});

it('has every source that Google lists in its category, in ga4 mode', () => {
  const { channelOf } = createChannels('ga4');
  let category = '';
  let count = 0;
  const misses: string[] = [];
  for (const line of read('ga4-listed.txt').filter((one) => one && !one.startsWith('#'))) {
    if (line.endsWith(':')) category = line.slice(0, -1);
    else
      for (const source of line.split(' ')) {
        const free = channelOf({ source, medium: 'referral' }).channel;
        const paid = channelOf({ source, medium: 'cpc' }).channel;
        if (free !== `Organic ${category}` || paid !== `Paid ${category}`) misses.push(`${source}: ${free}, ${paid}`);
        count += 1;
      }
  }
  expect(count).toBeGreaterThan(780);
  expect(misses).toEqual([]);
});
