import type { SourceList } from './rule.js';

/**
 * Sources that Google's list puts elsewhere than a reader would, and mode `ga4` therefore too: Rakuten's shops under
 * search, anime and film clubs under social, a payment service under shopping.
 */
export const GA4_SOURCES: ReadonlyMap<string, SourceList> = new Map([
  ...of('search', 'rakuten rakuten.co.jp mail.rambler.ru email.seznam.cz mail.yandex.ru cnn tbbtyf'),
  ...of('social', 'crunchyroll crunchyroll.com niconico nicovideo.jp social mubi'),
  ...of('shopping', 'stripe stripe.com checkout.stripe.com s3.amazonaws.com aax-us-east.amazon-adsystem.com'),
  ...of('video', 'viadeo.journaldunet.com'),
]);

function of(list: SourceList, sources: string): [string, SourceList][] {
  return sources.split(' ').map((source) => [source, list]);
}
