import { type ChannelRule, extension, medium, paid, source } from './rule.js';

/** Words that name the paid channel themselves decide where the source is in no list. */
export const PAID_WORDS: readonly ChannelRule[] = [
  extension('x-paid-search', 'Paid Search', [
    {
      field: 'alias',
      in: 'sea sem sl sec search-ads search_ads searchads search-ad liens-sponsorises lien-sponsorise liens_sponsorises adwords google-ads google_ads googleads gads bing-ads bingads'.split(
        ' ',
      ),
    },
  ]),
  extension('x-paid-social', 'Paid Social', [
    {
      field: 'alias',
      in: 'social-ads social_ads socialads social-ad social_ad social-paid social_paid sma smo-paid facebook-ads facebook_ads fb-ads fb_ads meta-ads meta_ads linkedin-ads tiktok-ads facebook_mobile_feed facebook_desktop_feed facebook_mobile_reels facebook_instream_video facebook_marketplace facebook_right_column facebook_stories instagram_feed instagram_stories instagram_reels instagram_explore instagram_explore_grid_home messenger_inbox messenger_stories audience_network an_classic'.split(
        ' ',
      ),
    },
  ]),
  extension('x-paid-shopping', 'Paid Shopping', [
    {
      field: 'alias',
      in: ['shopping-ads', 'shopping_ads', 'google-shopping', 'google_shopping', 'pla', 'comparateur', 'comparateurs'],
    },
  ]),
  extension('x-paid-video', 'Paid Video', [
    {
      field: 'alias',
      in: [
        'video-ads',
        'video_ads',
        'video-ad',
        'video_ad',
        'youtube-ads',
        'youtube_ads',
        'preroll',
        'pre-roll',
        'instream',
        'olv',
        'trueview',
      ],
    },
  ]),
];

const X = source('x');

/** X, formerly Twitter, under the one letter that people also write for anything. */
export const X_PAID = extension('x-x-paid', 'Paid Social', [X, paid]);

/** As `X_PAID`, for links that nobody paid for. */
export const X_ORGANIC = extension(
  'x-x-organic',
  'Organic Social',
  [
    X,
    medium(
      '(not set)',
      '(none)',
      'referral',
      'organic',
      'post',
      'posts',
      'tweet',
      'tweets',
      'thread',
      'profile',
      'bio',
      'share',
    ),
  ],
  [X, { field: 'medium', absent: true }],
);
