/** The lists of sources that a rule may name; see `networks.ts`. */
export type SourceList = 'search' | 'social' | 'shopping' | 'video';

/** One test on one value; without `in`, `list`, `matches` or `absent` it never holds. Comparisons ignore case. */
export interface RuleTest {
  field: 'source' | 'medium' | 'campaign';
  /** Is one of these values. */
  in?: readonly string[];
  /** Is a source of this list, exactly. */
  list?: SourceList;
  /** Matches this regular expression. */
  matches?: string;
  /** Has no value. */
  absent?: true;
}

/** A channel and when it applies: any of the alternatives, each of which is a list of tests that must all hold. */
export interface ChannelRule {
  id: string;
  channel: string;
  when: readonly (readonly RuleTest[])[];
  /** Not in Google's list; evaluated in mode `extended` only. */
  extension?: true;
}

/** Names the state of all rule data in this directory. Change it with any change there. */
export const RULES_VERSION = '2026-11-22';

/** Mediums that Google counts as paid. `recpt` is one, by the letter. */
export const PAID = '^(.*cp.*|ppc|retargeting|paid.*)$';
// The class leaves out every letter but e: eshop and le_shop are shops, workshop and photoshop are not.
const SHOP_CAMPAIGN = '^(.*(([^a-df-z]|^)shop|shopping).*)$';
const paid: RuleTest = { field: 'medium', matches: PAID };
const list = (name: SourceList): RuleTest => ({ field: 'source', list: name });
const medium = (...values: string[]): RuleTest => ({ field: 'medium', in: values });
const source = (...values: string[]): RuleTest => ({ field: 'source', in: values });
const shopCampaign: RuleTest = { field: 'campaign', matches: SHOP_CAMPAIGN };
const EMAIL = ['email', 'e-mail', 'e_mail', 'e mail'];

/**
 * Google Analytics 4's default channel group in its evaluation order, first match wins, no match is `Unassigned`.
 * Two extensions look at mediums that Google's list leaves unassigned (printed matter) or has by another door (AI
 * assistants), so they change nothing for any other medium.
 */
export const CHANNEL_RULES: readonly ChannelRule[] = [
  {
    id: 'ga4-01-direct',
    channel: 'Direct',
    when: [
      [source('(direct)'), medium('(none)', '(not set)')],
      [source('(direct)'), { field: 'medium', absent: true }],
      [
        { field: 'source', absent: true },
        { field: 'medium', absent: true },
        { field: 'campaign', absent: true },
      ],
    ],
  },
  { id: 'ga4-02-cross-network', channel: 'Cross-network', when: [[{ field: 'campaign', matches: 'cross-network' }]] },
  { id: 'x-ai-assistant', channel: 'AI Assistant', extension: true, when: [[medium('ai-assistant')]] },
  {
    id: 'x-print-qr',
    channel: 'Print / QR',
    extension: true,
    when: [[medium('qr', 'qrcode', 'qr-code', 'print', 'flyer', 'catalogue', 'catalog', 'brochure', 'magazine')]],
  },
  {
    id: 'ga4-03-paid-shopping',
    channel: 'Paid Shopping',
    when: [
      [list('shopping'), paid],
      [shopCampaign, paid],
    ],
  },
  { id: 'ga4-04-paid-search', channel: 'Paid Search', when: [[list('search'), paid]] },
  { id: 'ga4-05-paid-social', channel: 'Paid Social', when: [[list('social'), paid]] },
  { id: 'ga4-06-paid-video', channel: 'Paid Video', when: [[list('video'), paid]] },
  {
    id: 'ga4-07-display',
    channel: 'Display',
    when: [[medium('display', 'banner', 'expandable', 'interstitial', 'cpm')]],
  },
  { id: 'ga4-08-paid-other', channel: 'Paid Other', when: [[paid]] },
  { id: 'ga4-09-organic-shopping', channel: 'Organic Shopping', when: [[list('shopping')], [shopCampaign]] },
  {
    id: 'ga4-10-organic-social',
    channel: 'Organic Social',
    when: [
      [list('social')],
      [medium('social', 'social-network', 'social-media', 'sm', 'social network', 'social media')],
    ],
  },
  {
    id: 'ga4-11-organic-video',
    channel: 'Organic Video',
    when: [[list('video')], [{ field: 'medium', matches: '^(.*video.*)$' }]],
  },
  { id: 'ga4-12-organic-search', channel: 'Organic Search', when: [[list('search')], [medium('organic')]] },
  { id: 'ga4-13-referral', channel: 'Referral', when: [[medium('referral', 'app', 'link')]] },
  { id: 'ga4-14-email', channel: 'Email', when: [[source(...EMAIL)], [medium(...EMAIL)]] },
  { id: 'ga4-15-affiliates', channel: 'Affiliates', when: [[medium('affiliate')]] },
  { id: 'ga4-16-audio', channel: 'Audio', when: [[medium('audio')]] },
  { id: 'ga4-17-sms', channel: 'SMS', when: [[source('sms')], [medium('sms')]] },
  {
    id: 'ga4-18-push',
    channel: 'Mobile Push Notifications',
    when: [[{ field: 'medium', matches: 'push$|mobile|notification' }], [source('firebase')]],
  },
];
