import { describe, expect, it } from 'vitest';
import { clickIdUse } from '../../src/protocol/campaign-click-ids.js';
import { readLanding } from '../../src/protocol/index.js';

const read = (query: string) => readLanding(`https://shop.example/a${query}`);

describe('readLanding', () => {
  it.each([
    ['names in any case, values as they are', '?UTM_Source=GooGle&Utm_Medium=CPC', { source: 'GooGle', medium: 'CPC' }],
    ['plus and percent', '?utm_campaign=spring+sale%20%26%20more', { name: 'spring sale & more' }],
    ['accents', '?utm_campaign=%C3%A9t%C3%A9', { name: 'été' }],
    ['malformed percent sequences', '?utm_campaign=100%&utm_source=%E9', { name: '100%', source: '%E9' }],
    ['the first value that is not empty', '?utm_source=&utm_source=a&utm_source=b', { source: 'a' }],
    ['every utm_x', '?utm_source_platform=dv360&utm_id=7', { source_platform: 'dv360', id: '7' }],
    ['the fragment', '#utm_source=x&utm_medium=y', { source: 'x', medium: 'y' }],
    ['the query of a route in the fragment', '?a=1#/cart?utm_source=x', { source: 'x' }],
    ['an equals sign in the value', '?utm_content=a=b', { content: 'a=b' }],
  ])('reads %s', (_, query, campaign) => {
    expect(read(query).campaign).toEqual(campaign);
  });

  it('never keeps what looks like an e-mail address', () => {
    const facts = read('?utm_term=ann%40shop.example&utm_source=mail&mc_cid=bob@example.org');
    expect(facts).toEqual({
      campaign: { source: 'mail' },
      clickIds: undefined,
      cleanUrl: 'https://shop.example/a',
    });
  });

  it('cuts long values', () => {
    const { campaign, clickIds } = read(`?utm_term=${'x'.repeat(900)}&gclid=${'y'.repeat(900)}`);
    expect(campaign?.term?.length).toBe(255);
    expect(clickIds?.gclid?.length).toBe(512);
  });

  it.each([
    'gclid',
    'wbraid',
    'gbraid',
    'fbclid',
    'msclkid',
    'ttclid',
    'li_fat_id',
    'ScCid',
    'epik',
    'rdt_cid',
    'mc_cid',
  ])('keeps the click id %s, by its lower-case name, value untouched', (name) => {
    expect(read(`?${name}=AbC-1_x`).clickIds).toEqual({ [name.toLowerCase()]: 'AbC-1_x' });
  });

  it.each([
    ['?x=1&utm_source=a&y=2&gclid=b#top', '?x=1&y=2#top'],
    ['?utm_source=a', ''],
    ['?utm_source=a#/route?utm_medium=b&z=1', '#/route?z=1'],
  ])('strips %s to %s', (query, clean) => {
    expect(read(query).cleanUrl).toBe(`https://shop.example/a${clean}`);
  });

  it.each(['', '?x=1&y', '#top', '?a=%zz#b=c', '?q=a+b'])(
    'returns a URL without campaign values as it is: %s',
    (query) => {
      expect(read(query)).toEqual({
        campaign: undefined,
        clickIds: undefined,
        cleanUrl: `https://shop.example/a${query}`,
      });
    },
  );

  it('carries the parameters of other families as they are, for the receiver to name', () => {
    const facts = read('?mtm_campaign=Spring&pk_kwd=shoes&at_medium=email&xtor=EPR-12&x=1&amp;utm_source=copied');
    expect(facts.clickIds).toEqual({ mtm_campaign: 'Spring', pk_kwd: 'shoes', at_medium: 'email', xtor: 'EPR-12' });
    expect(facts.campaign).toEqual({ source: 'copied' });
    expect(facts.cleanUrl).toBe('https://shop.example/a?x=1');
  });

  it('keeps of what stands for a person the name alone', () => {
    const facts = read('?mc_eid=abc&mkt_tok=def&at_recipient_id=7');
    expect(facts.clickIds).toEqual({ mc_eid: '', mkt_tok: '', at_recipient_id: '' });
    expect(facts.cleanUrl).toBe('https://shop.example/a');
  });

  it('asks for the names that it does not know', () => {
    const { clickIds, cleanUrl } = readLanding('https://shop.example/?dicbo=1&_gl=2&cid=3&q=4', (name) =>
      name === 'cid' ? 'evidence' : clickIdUse(name),
    );
    expect(clickIds).toEqual({ dicbo: '1', cid: '3' });
    expect(cleanUrl).toBe('https://shop.example/?q=4');
  });
});
