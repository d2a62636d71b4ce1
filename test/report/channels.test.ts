import { describe, expect, it } from 'vitest';
import { classify, createChannels } from '../../src/report/channels.js';
import { indexNetworks } from '../../src/report/networks.js';
import { CLICK_IDS } from '../../src/report/rules/click-ids.js';
import { NETWORKS } from '../../src/report/rules/networks.js';

const ga4 = createChannels('ga4');
const extended = createChannels('extended');

describe('the channel rules, to the letter', () => {
  // source / medium / campaign -> channel. The comments name what a careless implementation gets wrong.
  it.each([
    ['(direct)', '(none)', undefined, 'Direct'],
    ['(direct)', '(not set)', undefined, 'Direct'],
    [undefined, undefined, undefined, 'Direct'],
    ['direct', '(none)', undefined, 'Unassigned'],
    ['google', 'cpc', '1-cross-network-x', 'Cross-network'],
    ['google', 'cross-network', undefined, 'Organic Search'], // the campaign is tested, not the medium
    ['amazon', 'cpc', undefined, 'Paid Shopping'],
    ['google', 'cpc', 'eshop', 'Paid Shopping'],
    ['google', 'cpc', 'workshop', 'Paid Search'], // any letter but e before "shop"
    ['google', 'cpc', 'photoshop', 'Paid Search'],
    ['google', 'cpc', 'barbershop', 'Paid Search'],
    ['acme', 'web', 'my shop', 'Organic Shopping'],
    ['acme', 'web', 'le_shop', 'Organic Shopping'],
    ['acme', 'web', 'e-shop', 'Organic Shopping'],
    ['acme', 'web', 'summer shopping', 'Organic Shopping'],
    ['google', 'cpm', undefined, 'Paid Search'], // list and paid medium come before display
    ['acme', 'cpm', undefined, 'Display'], // display comes before paid other
    ['acme', 'cpc', undefined, 'Paid Other'],
    ['acme', 'recpt', undefined, 'Paid Other'], // by the letter of .*cp.*
    ['acme', 'scp', undefined, 'Paid Other'],
    ['acme', 'ppc', undefined, 'Paid Other'],
    ['acme', 'ppcx', undefined, 'Unassigned'],
    ['acme', 'retargeting', undefined, 'Paid Other'],
    ['unheard-of', 'paid_social', undefined, 'Paid Other'], // not Paid Social: the source is not in the list
    ['facebook', 'paid_social', undefined, 'Paid Social'],
    ['Facebook', 'CPC', undefined, 'Paid Social'],
    ['youtube', 'cpc', undefined, 'Paid Video'],
    ['google', 'display', undefined, 'Display'],
    ['acme', 'banner', undefined, 'Display'],
    ['ebay', 'web', undefined, 'Organic Shopping'],
    ['acme', 'social network', undefined, 'Organic Social'],
    ['facebook', 'email', undefined, 'Organic Social'], // social source comes before e-mail
    ['facebook', 'Email', undefined, 'Organic Social'],
    ['acme', 'promo-video', undefined, 'Organic Video'],
    ['bing', 'organic', undefined, 'Organic Search'],
    ['acme', 'organic', undefined, 'Organic Search'],
    ['acme', 'link', undefined, 'Referral'],
    ['e mail', 'x', undefined, 'Email'],
    ['acme', 'e_mail', undefined, 'Email'],
    ['acme', 'newsletter', undefined, 'Unassigned'],
    ['acme', 'affiliate', undefined, 'Affiliates'],
    ['acme', 'affiliates', undefined, 'Unassigned'], // plural
    ['acme', 'audio', undefined, 'Audio'],
    ['sms', 'x', undefined, 'SMS'],
    ['acme', 'sms', undefined, 'SMS'],
    ['acme', 'web-push', undefined, 'Mobile Push Notifications'],
    ['acme', 'pushy', undefined, 'Unassigned'],
    ['acme', 'mobile', undefined, 'Mobile Push Notifications'], // surprising, but Google's rule
    ['acme', 'notifications', undefined, 'Mobile Push Notifications'],
    ['firebase', 'x', undefined, 'Mobile Push Notifications'],
    ['acme', undefined, undefined, 'Unassigned'],
    ['blog.facebook.com.evil.example', 'x', undefined, 'Unassigned'], // exact, not an ending or beginning
    ['notgoogle.com', 'x', undefined, 'Unassigned'],
  ])('%s / %s / %s is %s', (source, medium, campaign, channel) => {
    const input = { ...(source && { source }), ...(medium && { medium }), ...(campaign && { campaign }) };
    expect(ga4.channelOf(input).channel).toBe(channel);
    expect(extended.channelOf(input).channel).toBe(channel);
  });

  it('adds two channels in extended mode, for their own mediums only', () => {
    for (const [medium, channel] of [
      ['qr', 'Print / QR'],
      ['flyer', 'Print / QR'],
      ['ai-assistant', 'AI Assistant'],
    ] as const) {
      expect(extended.channelOf({ source: 'acme', medium }).channel).toBe(channel);
      expect(ga4.channelOf({ source: 'acme', medium }).channel).toBe('Unassigned');
    }
  });
});

describe('what a visit is classified as', () => {
  it.each([
    // Click ids.
    [{ clickIds: ['gclid'] }, 'google', 'cpc', 'Paid Search'],
    [{ clickIds: ['gclid'], referrer: 'www.youtube.com' }, 'youtube', 'cpc', 'Paid Video'],
    [{ clickIds: ['gclid'], referrer: 'googleads.g.doubleclick.net' }, 'google', 'display', 'Display'],
    [{ clickIds: ['gbraid'], referrer: 'tpc.googlesyndication.com' }, 'google', 'display', 'Display'],
    [{ clickIds: ['gclid'], referrer: 'duckduckgo.com' }, 'duckduckgo', 'organic', 'Organic Search'],
    [{ clickIds: ['msclkid'], referrer: 'duckduckgo.com' }, 'bing', 'cpc', 'Paid Search'],
    [{ clickIds: ['dclid'] }, 'google', 'display', 'Display'],
    [{ clickIds: ['fbclid'] }, 'facebook', 'social', 'Organic Social'],
    [{ clickIds: ['fbclid'], referrer: 'l.instagram.com' }, 'instagram', 'social', 'Organic Social'],
    [{ clickIds: ['fbclid', 'gclid'] }, 'google', 'cpc', 'Paid Search'],
    [{ clickIds: ['fbclid', 'gclid'], referrer: 'l.facebook.com' }, 'facebook', 'social', 'Organic Social'],
    [{ clickIds: ['ttclid'] }, 'tiktok', 'paid_social', 'Paid Social'],
    [{ clickIds: ['twclid'], referrer: 't.co' }, 'twitter', 'paid_social', 'Paid Social'],
    [{ clickIds: ['srsltid'], referrer: 'www.google.fr' }, 'google', 'organic', 'Organic Search'],
    [{ clickIds: ['ysclid'] }, 'yandex', 'organic', 'Organic Search'],
    [{ clickIds: ['awc'] }, 'awin', 'affiliate', 'Affiliates'],
    [{ clickIds: ['mc_cid'] }, 'mailchimp', 'email', 'Email'],
    [{ clickIds: ['unknown_id'] }, '(direct)', '(none)', 'Direct'],
    // Campaign values are never overruled, only completed.
    [{ source: 'newsletter', medium: 'email', clickIds: ['gclid'] }, 'newsletter', 'email', 'Email'],
    [{ source: 'google', clickIds: ['gclid'] }, 'google', 'cpc', 'Paid Search'],
    [{ source: 'newsletter', clickIds: ['gclid'] }, 'newsletter', '(not set)', 'Unassigned'],
    [{ source: 'fb', clickIds: ['gclid', 'fbclid'] }, 'fb', 'social', 'Organic Social'],
    [{ medium: 'cpc', clickIds: ['gclid'] }, 'google', 'cpc', 'Paid Search'],
    [{ medium: 'paid', clickIds: ['fbclid'] }, 'facebook', 'paid', 'Paid Social'],
    [{ medium: 'sms', clickIds: ['fbclid'] }, '(not set)', 'sms', 'SMS'],
    [{ campaign: 'summer', clickIds: ['gclid'] }, 'google', 'cpc', 'Paid Search'],
    [{ campaign: 'summer', referrer: 'm.facebook.com' }, 'facebook', 'social', 'Organic Social'],
    [{ campaign: 'summer' }, '(not set)', '(not set)', 'Unassigned'],
    [{ source: 'Google', medium: 'CPC', referrer: 'x.example' }, 'google', 'cpc', 'Paid Search'],
    [{ source: 'chatgpt.com' }, 'chatgpt.com', 'ai-assistant', 'AI Assistant'],
    [{ source: 'leaflet', medium: 'qr' }, 'leaflet', 'qr', 'Print / QR'],
    // Referrers.
    [{ referrer: 'www.google.co.uk' }, 'google', 'organic', 'Organic Search'],
    [{ referrer: 'r.search.yahoo.com' }, 'yahoo', 'organic', 'Organic Search'],
    [{ referrer: 'mail.google.com' }, 'mail.google.com', 'referral', 'Referral'],
    [{ referrer: 'docs.google.com' }, 'docs.google.com', 'referral', 'Referral'],
    [{ referrer: 'gemini.google.com' }, 'gemini', 'ai-assistant', 'AI Assistant'],
    [{ referrer: 'chatgpt.com' }, 'chatgpt', 'ai-assistant', 'AI Assistant'],
    [{ referrer: 'l.facebook.com' }, 'facebook', 'social', 'Organic Social'],
    [{ referrer: 'lm.facebook.com' }, 'facebook', 'social', 'Organic Social'],
    [{ referrer: 't.co' }, 'twitter', 'social', 'Organic Social'],
    [{ referrer: 'old.reddit.com' }, 'reddit', 'social', 'Organic Social'],
    [{ referrer: 'm.youtube.com' }, 'youtube', 'video', 'Organic Video'],
    [{ referrer: 'www.amazon.com.br' }, 'amazon', 'referral', 'Organic Shopping'],
    [{ referrer: 'shopping.google.fr' }, 'google shopping', 'referral', 'Organic Shopping'],
    [{ referrer: 'android-app://com.google.android.googlequicksearchbox/' }, 'google', 'organic', 'Organic Search'],
    [
      { referrer: 'android-app://com.google.android.gm' },
      'android-app://com.google.android.gm',
      'referral',
      'Referral',
    ],
    [{ referrer: 'www.blog.example' }, 'blog.example', 'referral', 'Referral'],
    [{ referrer: 'notfacebook.com' }, 'notfacebook.com', 'referral', 'Referral'],
    [{ referrer: 'x.com' }, 'twitter', 'social', 'Organic Social'],
    [{ referrer: 'netflix.com' }, 'netflix', 'video', 'Organic Video'],
    [{}, '(direct)', '(none)', 'Direct'],
  ])('%j', (facts, source, medium, channel) => {
    expect(classify({ key: 'k', ...facts })).toMatchObject({ source, medium, channel });
  });

  it.each([
    'www.paypal.com',
    'checkout.stripe.com',
    'accounts.google.com',
    'appleid.apple.com',
    'fcp.franceconnect.gouv.fr',
  ])('gives no credit to %s, a payment or login page', (referrer) => {
    expect(classify({ key: 'k', referrer })).toMatchObject({ channel: 'Direct', detour: true });
  });

  it('leaves assistants to Google’s own rules in ga4 mode', () => {
    expect(classify({ key: 'k', referrer: 'chatgpt.com' }, 'ga4').channel).toBe('Referral');
    expect(classify({ key: 'k', source: 'chatgpt.com' }, 'ga4').channel).toBe('Unassigned');
  });

  it('says why', () => {
    const found = classify({ key: 'k', clickIds: ['gclid'], referrer: 'www.google.com', campaignId: '77' });
    expect(found).toEqual({
      channel: 'Paid Search',
      ruleId: 'ga4-04-paid-search',
      rulesVersion: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      source: 'google',
      medium: 'cpc',
      campaign: '77',
      evidence: ['campaign 77', 'click id gclid', 'referrer www.google.com'],
    });
  });
});

describe('the rule data', () => {
  it('names every network once, in lower case, without empty entries', () => {
    const names = NETWORKS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const { name, hosts } of NETWORKS) {
      expect(name).toBe(name.toLowerCase());
      expect(hosts.split(' '), name).not.toContain('');
      expect(hosts, name).toBe(hosts.toLowerCase());
    }
  });

  it('finds every listed entry again', () => {
    const index = indexNetworks();
    for (const { hosts, list } of NETWORKS) {
      for (const entry of hosts.split(' ')) {
        const host = entry.replace(/^\*/, 'any').replace(/\.\*$/, '.fr').replace(/^app:/, 'android-app://');
        expect(index.ofReferrer(host)?.list, host).toBe(list);
      }
    }
  });

  it('names only known networks in click-id rules', () => {
    const names = new Set(NETWORKS.map(({ name }) => name));
    for (const [id, { networks }] of CLICK_IDS) {
      for (const network of networks) expect(names.has(network), `${id}: ${network}`).toBe(true);
    }
  });
});
