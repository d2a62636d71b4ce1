import { expect, it } from 'vitest';
import type { WireEvent } from '../../src/protocol/index.js';
import { createSourceReader, readEvidence } from '../../src/stores/stamp/source.js';

const read = (clickIds: { [name: string]: string }, campaign?: { source: string }) => {
  const touch = { at: '2026-01-01T00:00:00.000Z', landing: 'https://shop.example/?x=1#top', clickIds, campaign };
  const event = { type: 'page', messageId: 'm', timestamp: touch.at, context: { filrouge: { v: 1, touch } } };
  return readEvidence(event as WireEvent, createSourceReader())?.facts;
};

it('names the parameters of other families that the browser carried as it found them', () => {
  expect(read({ mtm_campaign: 'Spring', mtm_source: 'news', gclid: 'x' })).toMatchObject({
    source: 'news',
    campaign: 'Spring',
    clickIds: ['gclid'],
  });
  expect(read({ xtor: 'EPR-12-[sale]' })).toMatchObject({ medium: 'email', campaign: 'sale' });
});

it('lets them fill the gaps of utm values only', () => {
  expect(read({ mtm_source: 'b', mtm_medium: 'email' }, { source: 'a' })).toMatchObject({
    source: 'a',
    medium: 'email',
  });
});
