import type { SourceList } from './rule.js';

/**
 * Sources that Google's list puts elsewhere than a reader would, and mode `ga4` therefore too: Rakuten's shops under
 * search, anime and film clubs under social, a payment service under shopping; names of ours that it does not have; and
 * the hosts below others that it lists by themselves (those of Pinterest and of Yahoo's search by `LISTED_BELOW`).
 */
export const GA4_SOURCES: ReadonlyMap<string, SourceList | 'none'> = new Map([
  ...of('none', 'x an msg li pin snap'),
  ...of('search', 'rakuten rakuten.co.jp mail.rambler.ru email.seznam.cz mail.yandex.ru cnn tbbtyf'),
  ...of('social', 'crunchyroll crunchyroll.com niconico nicovideo.jp social mubi'),
  ...of('shopping', 'stripe stripe.com checkout.stripe.com s3.amazonaws.com aax-us-east.amazon-adsystem.com'),
  ...of('video', 'viadeo.journaldunet.com'),
  ...of('search', 'cn.bing.com lite.qwant.com wap.sogou.com yandex.uz'),
  ...of(
    'social',
    'apps.facebook.com business.facebook.com free.facebook.com web.facebook.com away.vk.com b.hatena.ne.jp d.hatena.ne.jp ' +
      'blog.feedspot.com chat.zalo.me discover.hubpages.com forums.nexopia.com gooblog livedoorblog newsshowcase old.reddit.com web.skype.com',
  ),
  ...of(
    'shopping',
    'aax.amazon-adsystem.com cr2.shopping.naver.com msearch.shopping.naver.com message.alibaba.com offer.alibaba.com ' +
      'nl.shopping.net no.shopping.net se.shopping.net uk.shopping.net one.walmart.com order.shopping.yahoo.co.jp',
  ),
  ...of(
    'video',
    'blog.twitch.tv dashboard.twitch.tv id.twitch.tv player.twitch.tv help.hulu.com help.netflix.com jobs.netflix.com ' +
      'music.youtube.com player.vimeo.com',
  ),
]);

/** Countries and languages below one host, of which Google lists each by itself. */
export const LISTED_BELOW: readonly [RegExp, SourceList][] = [
  [/^(?:[a-z]{2}|espanol|malaysia)\.search\.yahoo\.com$/, 'search'],
  [/^[a-z]{2}\.pinterest\.com$/, 'social'],
];

function of<List extends SourceList | 'none'>(list: List, sources: string): [string, List][] {
  return sources.split(' ').map((source) => [source, list]);
}
