import { describe, expect, it } from 'vitest';
import { PLAIN_PARAMETERS } from '../../src/protocol/campaign-families.js';
import { type ChannelRule, type ChannelsOptions, classify, createChannels } from '../../src/report/index.js';

const URL_BASE = 'https://www.shop.example/';
const visit = (query: string, referrer = '') => ({ url: URL_BASE + query, referrer });

describe('classify', () => {
  it('says channel, group, values, rule, evidence and what it read', () => {
    const found = classify(
      visit(
        'produit?id=7&utm_source=google&utm_medium=sea&utm_campaign=No%C3%ABl&gclid=Cj0K',
        'https://www.google.fr/search?q=pull',
      ),
    );
    expect(found).toEqual({
      channel: 'Paid Search',
      group: 'paid',
      source: 'google',
      medium: 'sea',
      campaign: 'Noël',
      ruleId: 'ga4-04-paid-search',
      rulesVersion: expect.stringMatching(/^\d{4}-\d\d-\d\d\.\d+$/),
      evidence: ['utm_source google', 'utm_medium sea', 'utm_campaign Noël', 'medium sea read as cpc'],
      parameters: [
        { name: 'utm_source', value: 'google', family: 'utm', field: 'source' },
        { name: 'utm_medium', value: 'sea', family: 'utm', field: 'medium' },
        { name: 'utm_campaign', value: 'Noël', family: 'utm', field: 'name' },
        { name: 'gclid', value: 'Cj0K', family: 'click id', field: 'click id' },
      ],
      landing: 'https://www.shop.example/produit?id=7',
      referrer: { host: 'www.google.fr', network: 'google', kind: 'search' },
    });
  });

  it('reads the search term where the engine still sends it, and never an address', () => {
    expect(classify(visit('', 'https://search.seznam.cz/?q=modr%C3%A9+boty')).term).toBe('modré boty');
    expect(classify(visit('', 'https://www.google.fr/search?q=a%40b.fr')).term).toBeUndefined();
    expect(classify(visit('', 'https://blog.example/?q=shoes')).term).toBeUndefined();
  });

  it('keeps queries of referrers out of the evidence', () => {
    const { evidence } = classify(visit('', 'https://blog.example/a?mail=anna@firm.example#x'));
    expect(evidence).toEqual(['referrer https://blog.example/a']);
  });

  it.each([
    ['In-store', 'store', 'offline'],
    ['Call Centre', 'call', 'offline'],
    ['Delivery', 'delivery', 'offline'],
    ['Marketplace', 'marketplace', 'offline'],
    ['Customer Service', 'chat', 'owned'],
    ['App', 'mobile', 'owned'],
  ])('files an event as %s when it says it comes from %s', (channel, stated, group) => {
    expect(classify({ context: { channel: stated } })).toMatchObject({ channel, group });
  });

  it('lets a campaign decide for an app and a till for itself', () => {
    const campaign = { source: 'google', medium: 'cpc' };
    expect(classify({ campaign, context: { channel: 'mobile' } }).channel).toBe('Paid Search');
    expect(classify({ campaign, context: { channel: 'pos' } }).channel).toBe('In-store');
    expect(classify({ campaign, context: { channel: 'browser' } }).channel).toBe('Paid Search');
  });

  it('prefers what the client states to what the URL says, value by value', () => {
    const found = classify({ ...visit('?utm_source=bing&utm_medium=cpc'), campaign: { source: 'facebook' } });
    expect(found).toMatchObject({ source: 'facebook', medium: 'cpc', channel: 'Paid Social' });
    expect(found.evidence).toEqual(['campaign.source facebook', 'utm_medium cpc']);
  });

  it('takes anything', () => {
    for (const url of ['', 'x', '?', '%', 'https://[', '?utm_source=%E0%A4%A', '?=&&=x&utm_', '#=']) {
      for (const referrer of [
        '',
        '%',
        'https://[',
        '://',
        'null',
        '-',
        'about:blank',
        'chrome-extension://abc/x',
        '$direct',
      ]) {
        expect(classify({ url, referrer }).channel).toMatch(/^(Direct|Unassigned)$/);
      }
    }
  });
});

describe('a site of its own', () => {
  const rules: ChannelRule[] = [
    { id: 'shop-club', channel: 'Club', group: 'owned', when: [[{ field: 'campaign', matches: '^club-' }]] },
    { id: 'shop-intranet', channel: 'Staff', when: [[{ field: 'referrer', in: ['intra.firm.example'] }]] },
    { id: 'shop-lp', channel: 'Print / QR', when: [[{ field: 'landing', matches: '/f/' }]] },
    { id: 'shop-pay', channel: 'Wallet', when: [[{ field: 'referrer', matches: 'paypal' }]] },
  ];
  const options: ChannelsOptions = {
    rules,
    ownHosts: ['https://checkout-shop.example/'],
    parameters: { cid: 'id', src: 'source', pid: 'affiliate' },
  };

  it('tries its rules first, in both modes', () => {
    expect(classify(visit('?utm_campaign=club-12&utm_source=google&utm_medium=cpc'), options)).toMatchObject({
      channel: 'Club',
      group: 'owned',
      ruleId: 'shop-club',
    });
    expect(classify(visit('', 'https://intra.firm.example/a'), options)).toMatchObject({
      channel: 'Staff',
      group: 'unknown',
    });
    expect(classify(visit('f/lyon'), options)).toMatchObject({ channel: 'Print / QR', group: 'offline' });
    const ga4 = createChannels({ ...options, mode: 'ga4' });
    expect(ga4.classify({ key: 'k', campaign: 'club-1' }).channel).toBe('Club');
  });

  it('may credit what is otherwise a passage', () => {
    expect(classify(visit('', 'https://www.paypal.com/')).detour).toBe(true);
    const found = classify(visit('', 'https://www.paypal.com/'), options);
    expect(found.channel).toBe('Wallet');
    expect(found).not.toHaveProperty('detour');
  });

  it('gives its own hosts no credit, nor the hosts of the page', () => {
    for (const referrer of [
      'https://checkout-shop.example/3',
      'https://www.shop.example/',
      'https://blog.shop.example/',
      'https://shop.example:8443/',
    ]) {
      expect(classify(visit('', referrer), options)).toMatchObject({
        channel: 'Direct',
        group: 'internal',
        detour: true,
      });
    }
    expect(classify(visit('', 'https://other-shop.example/')).channel).toBe('Referral');
    expect(classify({ url: 'https://a.myshopify.com/', referrer: 'https://b.myshopify.com/' }).channel).toBe(
      'Referral',
    );
    expect(classify({ url: 'https://a.co.uk/', referrer: 'https://b.co.uk/' }).channel).toBe('Referral');
    expect(classify(visit('?utm_source=crm&utm_medium=email', 'https://www.shop.example/')).channel).toBe('Email');
  });

  it('reads its parameters, and no short names unasked', () => {
    expect(classify(visit('?cid=spring&src=facebook'), options)).toMatchObject({
      source: 'facebook',
      campaign: 'spring',
      channel: 'Organic Social',
    });
    expect(classify(visit('?pid=77', 'https://coupons.example/'), options)).toMatchObject({
      channel: 'Affiliates',
      source: 'pid',
    });
    expect(classify(visit('?ref=producthunt')).channel).toBe('Direct');
    expect(classify(visit('?ref=producthunt'), { parameters: PLAIN_PARAMETERS }).channel).toBe('Organic Social');
  });

  it('answers the same for history, and names its state of the rules', () => {
    const channels = createChannels(options);
    const facts = { key: 'k', source: 'news', medium: 'email', campaign: 'club-3' };
    const live = channels.classifyVisit(visit('?utm_source=news&utm_medium=email&utm_campaign=club-3'));
    const replayed = channels.classify(facts);
    expect(replayed).toMatchObject({
      channel: live.channel,
      ruleId: live.ruleId,
      source: live.source,
      rulesVersion: live.rulesVersion,
    });
    expect(channels.rulesVersion).toMatch(/\+[0-9a-f]{8}$/);
    expect(createChannels({ ...options, rules: rules.slice(1) }).rulesVersion).not.toBe(channels.rulesVersion);
    expect(createChannels(structuredClone(options)).rulesVersion).toBe(channels.rulesVersion);
  });

  it('refuses a pattern that is none', () => {
    expect(() =>
      createChannels({ rules: [{ id: 'x', channel: 'X', when: [[{ field: 'medium', matches: '(' }]] }] }),
    ).toThrow(SyntaxError);
  });
});
