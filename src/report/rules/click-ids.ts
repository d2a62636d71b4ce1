/** What a click id says about a visit that carries no campaign values. */
export interface ClickIdRule {
  source: string;
  medium: string;
  /**
   * Networks (names of `networks.ts`) whose pages may carry this id. With a referrer or source of any other known
   * network the id was copied from elsewhere and says nothing.
   */
  networks: readonly string[];
}

const GOOGLE = ['google', 'youtube', 'startpage', 'ask', 'aol', 'ecosia', 'dogpile', 'info.com', 'webcrawler'];
const MICROSOFT = ['bing', 'msn', 'yahoo', 'duckduckgo', 'ecosia', 'qwant', 'aol', 'lilo', 'linkedin', 'metacrawler'];
const META = ['facebook', 'instagram', 'messenger', 'threads', 'whatsapp'];
const googleAds: ClickIdRule = { source: 'google', medium: 'cpc', networks: GOOGLE };
const affiliate = (source: string): ClickIdRule => ({ source, medium: 'affiliate', networks: [] });
const social = (source: string, networks: readonly string[] = [source]): ClickIdRule => ({
  source,
  medium: 'social',
  networks,
});
const paidSocial = (source: string): ClickIdRule => ({ source, medium: 'paid_social', networks: [source] });

/**
 * Click-id parameters by lower-cased name, strongest evidence first: ids of paid clicks, of affiliate networks, of owned
 * mail, and last those that unpaid links carry too (`fbclid` is on nearly every link that leaves Facebook; `srsltid` is
 * on Google's free listings).
 */
export const CLICK_IDS: ReadonlyMap<string, ClickIdRule> = new Map([
  ['dclid', { source: 'google', medium: 'display', networks: GOOGLE }],
  ['gclid', googleAds],
  ['gbraid', googleAds],
  ['wbraid', googleAds],
  ['gad_source', googleAds],
  ['gad_campaignid', googleAds],
  ['msclkid', { source: 'bing', medium: 'cpc', networks: MICROSOFT }],
  ['yclid', { source: 'yandex', medium: 'cpc', networks: ['yandex', 'yahoo'] }],
  ['ttclid', paidSocial('tiktok')],
  ['twclid', paidSocial('twitter')],
  ['li_fat_id', paidSocial('linkedin')],
  ['sccid', paidSocial('snapchat')],
  ['rdt_cid', paidSocial('reddit')],
  ['qclid', paidSocial('quora')],
  ['irclickid', affiliate('impact')],
  ['awc', affiliate('awin')],
  ['cjevent', affiliate('cj')],
  ['tduid', affiliate('tradedoubler')],
  ['mc_cid', { source: 'mailchimp', medium: 'email', networks: [] }],
  ['_kx', { source: 'klaviyo', medium: 'email', networks: [] }],
  ['fbclid', social('facebook', META)],
  ['igshid', social('instagram', META)],
  ['igsh', social('instagram', META)],
  ['epik', social('pinterest')],
  ['srsltid', { source: 'google', medium: 'organic', networks: ['google'] }],
  ['ysclid', { source: 'yandex', medium: 'organic', networks: ['yandex'] }],
]);

/** Google's ad-serving hosts: a Google Ads click that comes from one of these was a display ad. */
export const DISPLAY_HOSTS = ['doubleclick.net', 'googlesyndication.com', 'googleadservices.com', '2mdn.net'];
