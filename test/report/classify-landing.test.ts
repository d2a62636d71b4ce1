import { describe, expect, it } from 'vitest';
import { readLanding } from '../../src/protocol/campaign.js';
import { readLandingFamilies } from '../../src/protocol/campaign-families.js';

const read = (query: string, site = {}) => readLandingFamilies(`https://shop.example/p${query}`, site);

describe('reading a landing URL', () => {
  it.each([
    [
      '?utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d&utm_content=e&utm_id=f',
      { source: 'a', medium: 'b', name: 'c', term: 'd', content: 'e', id: 'f' },
    ],
    [
      '?utm_source_platform=SA360&utm_creative_format=native&utm_marketing_tactic=remarketing',
      { source_platform: 'SA360', creative_format: 'native', marketing_tactic: 'remarketing' },
    ],
    [
      '?utm_name=old&utm_social=x&utm_social-type=y&utm_cid=9',
      { name: 'old', social: 'x', 'social-type': 'y', cid: '9' },
    ],
    ['?utm_name=old&utm_campaign=new', { name: 'new' }],
    [
      '?mtm_campaign=a&mtm_kwd=b&mtm_source=c&mtm_medium=d&mtm_cid=e&mtm_group=f&mtm_placement=g',
      { name: 'a', term: 'b', source: 'c', medium: 'd', id: 'e', group: 'f', placement: 'g' },
    ],
    ['?pk_campaign=a&pk_keyword=b', { name: 'a', term: 'b' }],
    ['?pk_cpn=a', { name: 'a' }],
    ['?piwik_campaign=a&piwik_kwd=b', { name: 'a', term: 'b' }],
    ['?matomo_campaign=a&matomo_kwd=b', { name: 'a', term: 'b' }],
    [
      '?at_medium=email&at_campaign=noel&at_send_date=1&at_creation=v1',
      { medium: 'email', name: 'noel', send_date: '1', content: 'v1' },
    ],
    ['?at_medium=sl&at_campaign=x&at_network=search&at_platform=google', { medium: 'sl', name: 'x', source: 'google' }],
    ['?xtor=EPR-12-[noel]-20261122', { medium: 'email', id: '12', name: 'noel' }],
    ['?xtor=SEC-3-GOO', { medium: 'sl', id: '3' }],
    ['?xtor=CS1-33-[page]', { medium: 'custom', id: '33', name: 'page' }],
    ['?xtor=INT-2', undefined],
    ['?s_cid=em:noel', { id: 'em:noel' }],
    ['?wt_mc=a.b', { id: 'a.b' }],
    ['?utm_source=a&mtm_source=b&mtm_medium=c', { source: 'a', medium: 'c' }],
    ['?UTM_SOURCE=A&Utm_Medium=%20b+c%20', { source: 'A', medium: 'b c' }],
    ['?utm_source=&utm_source=b&utm_source=c', { source: 'b' }],
    ['?utm_source=a%2520b', { source: 'a%20b' }],
    ['?utm_source=%E0%A4%A', { source: '%E0%A4%A' }],
    ['#utm_source=a', { source: 'a' }],
    ['?x=1#/route?utm_source=a', { source: 'a' }],
    ['?utm_source=a&amp;utm_medium=b', { source: 'a', medium: 'b' }],
    ['?cid=a&source=b&ref=c&mc=d', undefined],
  ])('%s', (query, campaign) => {
    expect(read(query).campaign).toEqual(campaign);
  });

  it('strips what it read and leaves the rest as it was', () => {
    expect(read('?a=1&utm_source=x&b=%20&gclid=2#c=3&mtm_kwd=y').cleanUrl).toBe('https://shop.example/p?a=1&b=%20#c=3');
    expect(read('?_gl=1&__hsfp=2&_ga=3&at_recipient_id=4&xtatc=5&af_sub1=6').cleanUrl).toBe('https://shop.example/p');
    expect(read('?a=1#top').cleanUrl).toBe('https://shop.example/p?a=1#top');
    expect(read('?at_home=1&fbclid=').cleanUrl).toBe('https://shop.example/p?at_home=1');
  });

  it('keeps the case of click ids, cuts long values', () => {
    const { clickIds, campaign } = read(`?GCLID=AbC&ScCid=Zz&utm_source=${'s'.repeat(300)}&fbclid=${'f'.repeat(600)}`);
    expect(clickIds).toMatchObject({ gclid: 'AbC', sccid: 'Zz' });
    expect(clickIds?.fbclid).toHaveLength(512);
    expect(campaign?.source).toHaveLength(255);
  });

  it.each(['a@b.example', 'a%40b.example', 'a%2540b.example', 'mailto:Anna.B@Firm.Example'])(
    'never keeps %s',
    (value) => {
      const found = read(`?utm_source=${value}&utm_term=${value}&mtm_kwd=${value}&gclid=${value}&xtor=EPR-${value}`);
      expect(JSON.stringify(found).toLowerCase()).not.toMatch(/firm|b\.example/);
      expect(found.cleanUrl).toBe('https://shop.example/p');
    },
  );

  it('keeps the presence of ids that name a person, never their value', () => {
    const { clickIds, parameters } = read(
      '?mc_eid=PERSON&_kx=PERSON&mkt_tok=PERSON&mc_cid=mail7&at_recipient_id=PERSON',
    );
    expect(clickIds).toEqual({ mc_eid: '', _kx: '', mkt_tok: '', mc_cid: 'mail7' });
    expect(JSON.stringify(parameters)).not.toContain('PERSON');
  });

  it('fills gaps by family: utm, the site’s own, Matomo, Piano, Adobe', () => {
    const site = { src: 'source', kampagne: 'campaign', cid: 'id' } as const;
    expect(read('?s_cid=5&at_medium=email&mtm_campaign=3&src=2&utm_medium=1', site).campaign).toEqual({
      medium: '1',
      source: '2',
      name: '3',
      id: '5',
    });
    expect(read('?Kampagne=a&cid=b', site).campaign).toEqual({ name: 'a', id: 'b' });
  });

  it('reads whatever the browser reads, alike', () => {
    for (const query of [
      '?utm_source=a&utm_x=b&gclid=c',
      '#utm_campaign=d',
      '?newclid=e&q=1',
      '?utm_source=f&utm_source=g',
      '?a=b',
    ]) {
      const { campaign, clickIds, cleanUrl } = readLanding(`https://shop.example/${query}`);
      expect(readLandingFamilies(`https://shop.example/${query}`)).toMatchObject({ campaign, clickIds, cleanUrl });
    }
  });
});
