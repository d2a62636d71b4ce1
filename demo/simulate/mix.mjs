/**
 * @typedef {import('../../dist/protocol/index.js').Touch} Touch
 * @typedef {object} Door How a simulated visitor comes in.
 * @property {number} fresh Share among first visits.
 * @property {number} again Share among later visits.
 * @property {number} sells How much likelier than usual a visit is to end in an order.
 * @property {'home' | 'list' | 'product'} lands
 * @property {Omit<Touch, 'at' | 'landing'>} [touch] Absent: direct.
 * @property {'letter' | 'sms'} [burst] Visits that come in the hours after a sending.
 * @property {number} [fromWeek] A campaign that began later.
 * @property {boolean} [phone] Nearly always on a phone.
 */

const google = 'https://www.google.com/';

/** @type {Door[]} */
export const DOORS = [
  { fresh: 16, again: 26, sells: 1.1, lands: 'home' },
  { fresh: 22, again: 11, sells: 1, lands: 'product', touch: { referrer: google } },
  { fresh: 2.5, again: 1.5, sells: 1, lands: 'list', touch: { referrer: 'https://www.bing.com/' } },
  { fresh: 1.6, again: 1, sells: 0.9, lands: 'list', touch: { referrer: 'https://duckduckgo.com/' } },
  { fresh: 1.4, again: 0.6, sells: 0.9, lands: 'home', touch: { referrer: 'https://www.qwant.com/' } },
  {
    fresh: 6,
    again: 12,
    sells: 1.7,
    lands: 'home',
    touch: {
      campaign: { source: 'google', medium: 'cpc', name: 'brand', term: 'atelier fil' },
      clickIds: { gclid: 'Cj0KCQsimbrand' },
      referrer: google,
    },
  },
  {
    fresh: 11,
    again: 3,
    sells: 0.8,
    lands: 'product',
    touch: {
      campaign: { source: 'google', medium: 'cpc', name: 'autumn-thread', term: 'fil de lin' },
      clickIds: { gclid: 'Cj0KCQsimthread' },
      referrer: google,
    },
  },
  {
    fresh: 5,
    again: 2,
    sells: 1.3,
    lands: 'product',
    touch: {
      campaign: { source: 'google', medium: 'cpc', name: 'shopping-knitwear' },
      clickIds: { gclid: 'Cj0KCQsimshop' },
      referrer: google,
    },
  },
  {
    fresh: 8,
    again: 3,
    sells: 0.45,
    lands: 'product',
    phone: true,
    touch: {
      campaign: { source: 'facebook', medium: 'paid_social', name: 'jumper-weather', content: 'pier' },
      clickIds: { fbclid: 'IwAR0sim' },
      referrer: 'https://l.facebook.com/',
    },
  },
  {
    fresh: 5,
    again: 4,
    sells: 0.6,
    lands: 'list',
    phone: true,
    touch: {
      campaign: { source: 'instagram', medium: 'paid_social', name: 'retarget-cart' },
      clickIds: { fbclid: 'IwAR1sim' },
      referrer: 'https://l.instagram.com/',
    },
  },
  { fresh: 4, again: 2, sells: 0.5, lands: 'product', phone: true, touch: { referrer: 'https://l.instagram.com/' } },
  { fresh: 3, again: 1, sells: 0.7, lands: 'product', touch: { referrer: 'https://www.pinterest.fr/' } },
  {
    fresh: 2,
    again: 34,
    sells: 1.9,
    lands: 'list',
    burst: 'letter',
    touch: { campaign: { source: 'letter', medium: 'email', name: 'letter' } },
  },
  {
    fresh: 0.4,
    again: 9,
    sells: 1.5,
    lands: 'product',
    burst: 'sms',
    phone: true,
    touch: { campaign: { source: 'sms', medium: 'sms', name: 'back-in-stock' } },
  },
  {
    fresh: 3,
    again: 1,
    sells: 1.2,
    lands: 'home',
    phone: true,
    fromWeek: 3,
    touch: { campaign: { source: 'flyer', medium: 'qr', name: 'rennes-window' } },
  },
  { fresh: 3, again: 1, sells: 0.9, lands: 'product', touch: { referrer: 'https://le-coin-du-tricot.example/carnet' } },
  { fresh: 1.5, again: 0.5, sells: 0.8, lands: 'home', touch: { referrer: 'https://mending-weekly.example/issue/41' } },
  { fresh: 1.6, again: 0.7, sells: 1.4, lands: 'product', touch: { campaign: { source: 'chatgpt.com' } } },
  { fresh: 0.8, again: 0.4, sells: 1.3, lands: 'product', touch: { referrer: 'https://www.perplexity.ai/' } },
  {
    fresh: 3,
    again: 2,
    sells: 0.3,
    lands: 'home',
    touch: { campaign: { source: 'craft-network', medium: 'display', name: 'autumn-banner' } },
  },
  {
    fresh: 1.5,
    again: 1.5,
    sells: 1.6,
    lands: 'product',
    touch: { campaign: { source: 'bons-fils', medium: 'affiliate', name: 'partners' } },
  },
];

/** User agents of real browsers, with their share. */
export const BROWSERS = [
  {
    share: 30,
    phone: true,
    screen: { width: 393, height: 852, density: 3 },
    agent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  },
  {
    share: 24,
    phone: true,
    screen: { width: 412, height: 915, density: 2.6 },
    agent:
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  },
  {
    share: 5,
    phone: true,
    screen: { width: 384, height: 854, density: 2.8 },
    agent:
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
  },
  {
    share: 19,
    phone: false,
    screen: { width: 1920, height: 1080, density: 1 },
    agent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  },
  {
    share: 7,
    phone: false,
    screen: { width: 1536, height: 864, density: 1.25 },
    agent:
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0',
  },
  {
    share: 9,
    phone: false,
    screen: { width: 1512, height: 982, density: 2 },
    agent:
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  },
  {
    share: 6,
    phone: false,
    screen: { width: 1920, height: 1080, density: 1 },
    agent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0',
  },
];

/** What simulated visitors agreed to. Those who refused everything leave no events, so they are not here. */
export const CONSENTS = [
  { share: 84, purposes: { analytics: true, attribution: true, personalization: false, advertising: true } },
  { share: 9, purposes: { analytics: true, attribution: true, personalization: false, advertising: false } },
  { share: 7, purposes: { analytics: true, attribution: false, personalization: false, advertising: false } },
];
