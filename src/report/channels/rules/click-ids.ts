/** Who puts a click id on a link: `tool` ids (of measuring services) and `strip` ones say nothing about the channel. */
export type ClickIdKind = 'paid' | 'affiliate' | 'own' | 'unpaid' | 'tool';

/** What a click id says about a visit that carries no campaign values. */
export interface ClickIdRule {
  kind: ClickIdKind;
  /** The network in words, for evidence. */
  network: string;
  source: string;
  medium: string;
  /**
   * Networks (names of `networks.ts`) whose pages may carry this id, none for any. With a referrer or source of another
   * network that has ids or results of its own, the id was copied from elsewhere and says nothing.
   */
  networks: readonly string[];
}

// Engines that show ads of Google and of Microsoft beside results of their own.
const GOOGLE = 'google youtube gmail startpage ask aol ecosia dogpile info.com webcrawler google+groups brave lilo';
const MICROSOFT =
  'bing msn yahoo duckduckgo ecosia qwant aol lilo linkedin metacrawler outlook startpage dogpile karmasearch swisscows';
const META = 'facebook instagram messenger threads whatsapp';

const rule = (kind: ClickIdKind, network: string, source: string, medium: string, networks = source): ClickIdRule => ({
  kind,
  network,
  source,
  medium,
  networks: networks ? networks.split(' ').map((name) => name.replace('+', ' ')) : [],
});
const paidSocial = (network: string, source: string) => rule('paid', network, source, 'paid_social');
const affiliate = (network: string, source: string) => rule('affiliate', network, source, 'affiliate', '');
const own = (network: string, source: string) => rule('own', network, source, 'email', '');
const tool = (network: string) => rule('tool', network, '', '', '');

const ROWS: [names: string, rule: ClickIdRule][] = [
  ['dclid', rule('paid', 'Google Display & Video 360', 'google', 'display', '')],
  ['gclid gbraid wbraid', rule('paid', 'Google Ads', 'google', 'cpc', GOOGLE)],
  ['gclsrc gad_source gad gad_campaignid', rule('paid', 'Google Ads', 'google', 'cpc', GOOGLE)],
  ['msclkid', rule('paid', 'Microsoft Advertising', 'bing', 'cpc', MICROSOFT)],
  ['yclid ymclid yadclid', rule('paid', 'Yandex Direct or Yahoo Japan', 'yandex', 'cpc', 'yandex yahoo')],
  ['bd_vid', rule('paid', 'Baidu', 'baidu', 'cpc')],
  [
    'n_media n_query n_rank n_ad n_ad_group n_keyword n_keyword_id n_campaign_type',
    rule('paid', 'Naver', 'naver', 'cpc'),
  ],
  ['sznclid', rule('paid', 'Seznam Sklik', 'seznam', 'cpc')],
  ['ttclid', paidSocial('TikTok Ads', 'tiktok')],
  ['twclid', paidSocial('X Ads', 'twitter')],
  ['li_fat_id', paidSocial('LinkedIn Ads', 'linkedin')],
  ['sccid', paidSocial('Snapchat Ads', 'snapchat')],
  ['rdt_cid', paidSocial('Reddit Ads', 'reddit')],
  ['qclid', paidSocial('Quora Ads', 'quora')],
  ['rb_clickid', rule('paid', 'VK Ads', 'vk', 'paid_social', 'vk ok.ru my.mail.ru')],
  ['ndclid', paidSocial('Nextdoor Ads', 'nextdoor')],
  ['oborigurl dicbo ob_click_id', rule('paid', 'Outbrain', 'outbrain', 'display', '')],
  ['tblci tblclid', rule('paid', 'Taboola', 'taboola', 'display', '')],
  ['cto_pld', rule('paid', 'Criteo', 'criteo', 'retargeting', '')],
  ['s_kwcid ef_id', rule('paid', 'Adobe Advertising', 'adobe', 'sem', '')],
  ['irclickid irclid irgwc', affiliate('impact.com', 'impact')],
  ['awc zanpid', affiliate('Awin', 'awin')],
  ['cjevent cjdata', affiliate('CJ Affiliate', 'cj')],
  ['ransiteid ranmid raneaid', affiliate('Rakuten Advertising', 'rakuten-advertising')],
  ['tduid', affiliate('Tradedoubler', 'tradedoubler')],
  ['sscid', affiliate('ShareASale', 'shareasale')],
  ['effi_id', affiliate('Effinity', 'effinity')],
  ['kwanko mclic', affiliate('Kwanko', 'kwanko')],
  ['admitad_uid', affiliate('Admitad', 'admitad')],
  ['mc_cid mc_eid', own('Mailchimp', 'mailchimp')],
  ['_hsenc _hsmi', own('HubSpot', 'hubspot')],
  ['_kx', own('Klaviyo', 'klaviyo')],
  ['mkt_tok', own('Marketo', 'marketo')],
  ['ck_subscriber_id', own('Kit', 'kit')],
  ['vero_id vero_conv', own('Vero', 'vero')],
  ['dm_i', own('dotdigital', 'dotdigital')],
  ['sc_src sc_lid sc_uid sc_llid sc_customer', own('Emarsys', 'emarsys')],
  ['bbeml', own('Blackbaud', 'blackbaud')],
  ['sib_id', own('Brevo', 'brevo')],
  ['oly_anon_id oly_enc_id', own('Omeda', 'omeda')],
  ['elqtrackid elqtrack', own('Eloqua', 'eloqua')],
  ['trk_contact trk_msg', own('Listrak', 'listrak')],
  ['ml_subscriber ml_subscriber_hash', own('MailerLite', 'mailerlite')],
  ['omnisendcontactid', own('Omnisend', 'omnisend')],
  ['vgo_ee', own('ActiveCampaign', 'activecampaign')],
  ['srsltid', rule('unpaid', 'Google Merchant Center, free listings', 'google', 'organic', 'google')],
  ['ysclid', rule('unpaid', 'Yandex results', 'yandex', 'organic')],
  ['napm', rule('unpaid', 'Naver', 'naver', 'organic', 'naver naver+shopping')],
  ['fbclid', rule('unpaid', 'Meta', 'facebook', 'social', META)],
  ['igshid igsh', rule('unpaid', 'Instagram share', 'instagram', 'social', META)],
  ['epik', rule('unpaid', 'Pinterest', 'pinterest', 'social')],
  ['wickedid', tool('Wicked Reports')],
  ['ko_click_id', tool('Kochava')],
  ['_branch_match_id _branch_referrer', tool('Branch')],
];

/**
 * Click-id parameters by lower-cased name, strongest evidence first: ids of paid clicks, of affiliate networks, of owned
 * mail, and last those that unpaid links carry too (`fbclid` is on nearly every link that leaves Facebook; `srsltid` is
 * on Google's free listings).
 */
export const CLICK_IDS: ReadonlyMap<string, ClickIdRule> = new Map(
  ROWS.flatMap(([names, row]) => names.split(' ').map((name) => [name, row] as const)),
);
