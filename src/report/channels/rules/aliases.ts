const ALIASES: Record<string, string> = {
  email:
    'newsletter newsletters e-mailing emailing mailing mailings mail e.mail courriel infolettre mel epr erec crm-email email-marketing email_marketing ' +
    'emailmarketing crm_email edm lettre-info webmail transactional-email e-newsletter triggered-email crm crm-mail newsletter-email',
  cpc:
    'sea sem sl sec search-ads search_ads searchads search-ad liens-sponsorises lien-sponsorise liens_sponsorises adwords ' +
    'google-ads google_ads googleads gads bing-ads bingads shopping-ads shopping_ads google-shopping google_shopping pla comparateur comparateurs ' +
    'video-ads video_ads video-ad video_ad youtube-ads youtube_ads preroll pre-roll instream olv trueview',
  paid_social:
    'social-ads social_ads socialads social-ad social_ad social-paid social_paid sma smo-paid facebook-ads facebook_ads fb-ads fb_ads meta-ads ' +
    'meta_ads linkedin-ads tiktok-ads ' +
    // What Meta fills in for the placement of an advertisement.
    'facebook_mobile_feed facebook_desktop_feed facebook_mobile_reels facebook_instream_video facebook_marketplace facebook_right_column ' +
    'facebook_stories instagram_feed instagram_stories instagram_reels instagram_explore instagram_explore_grid_home messenger_inbox ' +
    'messenger_stories audience_network an_classic',
  paid:
    'ads advert adverts advertising advertisement sponsored sponsored-post sponsored-content sponsorise sponsorisé promoted ' +
    'promoted-post boosted boost publicite publicité pub story-ads stories-ads feed-ads carousel-ads lead-ads dynamic-ads',
  organic:
    'seo referencement-naturel referencement_naturel naturel organic-search organic_search search-organic gmb gbp google-my-business google_my_business maps',
  affiliate: 'affiliation affiliates affilié affilie affilies affiliate-marketing affiliate_marketing affiliations al',
  social:
    'reseaux-sociaux reseaux_sociaux réseaux-sociaux réseaux_sociaux reseau-social réseau-social rs smo social-organic organic-social organic_social ' +
    'social_organic socialmedia social_media social_network community community-management',
  display:
    'native native-ads native_ads native-ad nativeads programmatic programmatique gdn rtb dsp bannière banniere bannieres bannières banners ' +
    'display-ads display_ads displayads programmatic-display banner-ads habillage ad richmedia rich-media',
  retargeting: 'remarketing reciblage rtg rlsa dynamic-remarketing',
  sms: 'rcs mms texto textos text text-message text_message sms-marketing campagne-sms txt',
  push: 'webpush web-push-notification',
  audio: 'podcast podcasts streaming-audio spotify-ads audio-ad audio-ads audio_ads digital-audio',
  referral:
    'parrainage parrain refer-a-friend referral-program rss feed partner-link website site-web blog lien liens backlink web-link',
};

/**
 * What people write for a medium that Google knows under another word, French words among them; by the lower-cased word.
 * Extended mode reads the medium so, unless the word is one of Google's own.
 */
export const MEDIUM_ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries(ALIASES).flatMap(([meaning, words]) => words.split(' ').map((word) => [word, meaning] as const)),
);
