import { ASSISTANTS, FILL_INS, MESSENGERS, OFFLINE, PERFORMANCE_MAX } from './extensions.js';
import { type ChannelRule, list, medium, paid, type RuleTest, source } from './rule.js';
import { PAID_WORDS, X_ORGANIC, X_PAID } from './words.js';

/** Names the state of all rule data in this directory. Change it with any change there. */
export const RULES_VERSION = '2026-11-23.2';

// The class leaves out every letter but e: eshop and le_shop are shops, workshop and photoshop are not.
const SHOP_CAMPAIGN = '^(.*(([^a-df-z]|^)shop|shopping).*)$';
const shopCampaign: RuleTest = { field: 'campaign', matches: SHOP_CAMPAIGN };
const EMAIL = ['email', 'e-mail', 'e_mail', 'e mail'];
const rule = (id: string, channel: string, ...when: RuleTest[][]): ChannelRule => ({ id, channel, when });

/**
 * Google Analytics 4's default channel group in its evaluation order, first match wins, no match is `Unassigned`. The
 * extensions between stand where channels.md 3.3 puts them: what an event states of itself before everything else, words
 * that Google does not know after Google's own.
 */
export const CHANNEL_RULES: readonly ChannelRule[] = [
  ...OFFLINE,
  rule(
    'ga4-01-direct',
    'Direct',
    [source('(direct)'), medium('(none)', '(not set)')],
    [source('(direct)'), { field: 'medium', absent: true }],
    [
      { field: 'source', absent: true },
      { field: 'medium', absent: true },
      { field: 'campaign', absent: true },
    ],
  ),
  rule('ga4-02-cross-network', 'Cross-network', [{ field: 'campaign', matches: 'cross-network' }]),
  ...PERFORMANCE_MAX,
  // Google added this one in 2026; it recognises the medium it gives itself. Which hosts get it is not published.
  rule('ga4-ai-assistant', 'AI Assistant', [medium('ai-assistant')]),
  ...ASSISTANTS,
  rule('ga4-03-paid-shopping', 'Paid Shopping', [list('shopping'), paid], [shopCampaign, paid]),
  rule('ga4-04-paid-search', 'Paid Search', [list('search'), paid]),
  rule('ga4-05-paid-social', 'Paid Social', [list('social'), paid]),
  rule('ga4-06-paid-video', 'Paid Video', [list('video'), paid]),
  X_PAID,
  ...PAID_WORDS,
  rule('ga4-07-display', 'Display', [medium('display', 'banner', 'expandable', 'interstitial', 'cpm')]),
  rule('ga4-08-paid-other', 'Paid Other', [paid]),
  ...MESSENGERS,
  X_ORGANIC,
  rule('ga4-09-organic-shopping', 'Organic Shopping', [list('shopping')], [shopCampaign]),
  rule(
    'ga4-10-organic-social',
    'Organic Social',
    [list('social')],
    [medium('social', 'social-network', 'social-media', 'sm', 'social network', 'social media')],
  ),
  rule('ga4-11-organic-video', 'Organic Video', [list('video')], [{ field: 'medium', matches: '^(.*video.*)$' }]),
  rule('ga4-12-organic-search', 'Organic Search', [list('search')], [medium('organic')]),
  rule('ga4-13-referral', 'Referral', [medium('referral', 'app', 'link')]),
  rule('ga4-14-email', 'Email', [source(...EMAIL)], [medium(...EMAIL)]),
  rule('ga4-15-affiliates', 'Affiliates', [medium('affiliate')]),
  rule('ga4-16-audio', 'Audio', [medium('audio')]),
  rule('ga4-17-sms', 'SMS', [source('sms')], [medium('sms')]),
  rule(
    'ga4-18-push',
    'Mobile Push Notifications',
    [{ field: 'medium', matches: 'push$|mobile|notification' }],
    [source('firebase')],
  ),
  ...FILL_INS,
];
