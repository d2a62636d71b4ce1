import { describe, expect, it } from 'vitest';
import { createChannels } from '../../src/report/channels/channels.js';

const ga4 = createChannels('ga4');
const extended = createChannels('extended');
const { classify } = extended;

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
    ['acme', 'affiliate', undefined, 'Affiliates'],
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

  // What Google leaves out or files elsewhere: source / medium / campaign -> Google's channel, ours.
  it.each([
    ['acme', 'newsletter', 'Unassigned', 'Email'],
    ['acme', 'affiliates', 'Unassigned', 'Affiliates'], // plural
    ['acme', 'affiliation', 'Unassigned', 'Affiliates'],
    ['acme', 'qr', 'Unassigned', 'Print / QR'],
    ['acme', 'flyer', 'Unassigned', 'Print / QR'],
    ['acme', 'magasin', 'Unassigned', 'In-store'],
    ['acme', 'affichage', 'Unassigned', 'Out of Home'],
    ['google', 'sea', 'Organic Search', 'Paid Search'],
    ['facebook', 'social-ads', 'Organic Social', 'Paid Social'],
    ['google', 'pmax', 'Organic Search', 'Cross-network'],
    ['whatsapp', 'share', 'Organic Social', 'Messaging'],
    ['chatgpt.com', 'referral', 'Referral', 'AI Assistant'],
    ['acme', 'ai-assistant', 'AI Assistant', 'AI Assistant'], // Google's own rule since 2026
    ['rakuten', 'x', 'Organic Search', 'Organic Shopping'], // Google lists the shop as a search engine
    ['stripe', 'cpc', 'Paid Shopping', 'Paid Other'],
  ])('%s / %s is %s for Google and %s for us', (source, medium, theirs, ours) => {
    expect(ga4.channelOf({ source, medium }).channel).toBe(theirs);
    expect(extended.channelOf({ source, medium }).channel).toBe(ours);
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
    [{ source: 'partner', clickIds: ['gclid'] }, 'partner', '(not set)', 'Unassigned'],
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
    [{ referrer: 'mail.google.com' }, 'gmail', 'email', 'Email'],
    [{ referrer: 'docs.google.com' }, 'google docs', 'referral', 'Referral'],
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
    [{ referrer: 'android-app://com.google.android.gm' }, 'gmail', 'email', 'Email'],
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
    expect(classify({ key: 'k', referrer })).toMatchObject({ channel: 'Direct', group: 'internal', detour: true });
  });

  it('follows Google in ga4 mode: an assistant by its referrer, and no web mail', () => {
    expect(ga4.classify({ key: 'k', referrer: 'chatgpt.com' })).toMatchObject({
      channel: 'AI Assistant',
      medium: 'ai-assistant',
      source: 'chatgpt.com',
    });
    expect(ga4.classify({ key: 'k', source: 'chatgpt.com' }).channel).toBe('Unassigned');
    expect(ga4.classify({ key: 'k', referrer: 'mail.google.com' })).toMatchObject({
      channel: 'Referral',
      source: 'mail.google.com',
    });
    expect(ga4.classify({ key: 'k', referrer: 'web.whatsapp.com' }).channel).toBe('Organic Social');
  });

  it('says why', () => {
    const found = classify({ key: 'k', clickIds: ['gclid'], referrer: 'www.google.com', campaignId: '77' });
    expect(found).toEqual({
      channel: 'Paid Search',
      group: 'paid',
      ruleId: 'ga4-04-paid-search',
      rulesVersion: expect.stringMatching(/^\d{4}-\d\d-\d\d\.\d+$/),
      source: 'google',
      medium: 'cpc',
      campaign: '77',
      evidence: ['campaign 77', 'click id gclid', 'referrer www.google.com'],
    });
  });
});
