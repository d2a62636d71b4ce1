import { type ChannelRule, extension, list, medium, type RuleTest, source } from './rule.js';

const context = (words: string): RuleTest => ({ field: 'context', in: words.split(' ') });

const THINGS: ReadonlySet<string> = new Set([
  'x-in-store',
  'x-print-qr',
  'x-out-of-home',
  'x-direct-mail',
  'x-tv-radio',
]);

/** A channel outside the web, by the words that a medium or the event's own `context.channel` may use for it. */
function offline(id: string, channel: string, words: string, contextWords = ''): ChannelRule {
  const list = words.split(' ');
  const stated = [[medium(...list)], [context(`${words} ${contextWords}`.trim())]];
  // `utm_source=flyer` and nothing that says more; a source called `partner` or `event` may be anything.
  const printed = [
    [source(...list), medium('offline', '(not set)', '(none)')],
    [source(...list), { field: 'medium', absent: true }] satisfies RuleTest[],
  ];
  return extension(id, channel, ...stated, ...(THINGS.has(id) ? printed : []));
}

/** What an event says of itself comes before everything else: a till knows that it is a till. */
export const OFFLINE: readonly ChannelRule[] = [
  offline(
    'x-in-store',
    'In-store',
    'store in-store in_store instore pos boutique magasin en-magasin en_magasin point-de-vente point_de_vente pdv caisse till retail ' +
      'kiosk kiosque borne showroom physical-store physical_store',
    'shop',
  ),
  offline(
    'x-call-centre',
    'Call Centre',
    'phone call calls telephone téléphone tel call-center call-centre call_center call_centre callcenter callcentre phone-call phone_call ' +
      'appel appels centre-appels centre-d-appels centre_appels ivr click-to-call click_to_call',
  ),
  offline(
    'x-print-qr',
    'Print / QR',
    'qr qrcode qr-code qr_code qrcodes print flyer flyers leaflet catalogue catalog catalogues brochure magazine newspaper journal presse ' +
      'prospectus depliant dépliant tract plv packaging business-card carte-de-visite insert encart',
  ),
  offline(
    'x-out-of-home',
    'Out of Home',
    'ooh dooh out-of-home out_of_home outdoor billboard billboards affichage affiche affiches panneau panneaux poster posters abribus ' +
      'affichage-digital',
  ),
  offline(
    'x-direct-mail',
    'Direct Mail',
    'direct-mail direct_mail directmail mailing-postal mailing_postal courrier courrier-postal postal postcard letter publipostage boitage ' +
      'asile-colis',
  ),
  offline(
    'x-tv-radio',
    'TV / Radio',
    'tv ctv television télévision tele télé radio connected-tv connected_tv linear-tv ott tv-spot spot-tv spot-radio tv-ad',
  ),
  offline('x-delivery', 'Delivery', 'delivery livraison courier coursier livreur colis parcel'),
  offline('x-marketplace', 'Marketplace', 'marketplace marketplaces place-de-marche place_de_marche place-de-marché'),
  offline(
    'x-event',
    'Event',
    'event events evenement événement evenements événements salon salons trade-show trade_show tradeshow trade-fair foire conference ' +
      'conférence exhibition webinar webinaire congres congrès',
  ),
  offline(
    'x-customer-service',
    'Customer Service',
    'customer-service customer_service customer-support customer_support support helpdesk service-client service_client sav chat live-chat ' +
      'live_chat livechat ticket ticketing',
    'service-consommateur',
  ),
  offline(
    'x-partner',
    'Partner / Influencer',
    'partner partners partnership partnerships partenaire partenaires partenariat partenariats influencer influencers influencer-marketing ' +
      'influence influenceur influenceurs influenceuse ambassador ambassadors ambassadeur creator creators sponsor sponsoring sponsorship ' +
      'co-marketing comarketing',
  ),
  extension(
    'x-app',
    'App',
    [context('app mobile mobile-app mobile_app ios android application'), source('(direct)')],
    [medium('deeplink', 'deep-link', 'deep_link', 'app-open', 'app_open', 'in-app', 'in_app', 'inapp', 'mobile-app')],
  ),
];

/** Google's campaigns over all of its networks, under the names that people give them in a medium. */
export const PERFORMANCE_MAX: readonly ChannelRule[] = [
  extension('x-cross-network', 'Cross-network', [
    medium(
      ...(
        'pmax p-max p_max performance-max performance_max performancemax perfmax demandgen demand-gen demand_gen smart-shopping ' +
        'smart_shopping google-pmax'
      ).split(' '),
    ),
  ]),
];

/** Assistants mark their links with a source and hardly ever with a medium that says more. */
export const ASSISTANTS: readonly ChannelRule[] = [
  extension(
    'x-ai-assistant',
    'AI Assistant',
    [
      medium(
        'ai',
        'ai_assistant',
        'ai assistant',
        'ai-chat',
        'ai_chat',
        'ai-search',
        'ai_search',
        'llm',
        'llms',
        'genai',
        'chatbot',
        'chatgpt',
        'ia',
      ),
    ],
    [
      list('ai'),
      medium('(not set)', '(none)', 'referral', 'organic', 'link', 'chat', 'web', 'answer', 'citation', 'search'),
    ],
    [list('ai'), { field: 'medium', absent: true }],
  ),
];

/** Links that people send one another; Google counts messengers among social networks. */
export const MESSENGERS: readonly ChannelRule[] = [
  extension(
    'x-messaging',
    'Messaging',
    [list('messaging')],
    [
      medium(
        ...(
          'messaging messagerie messenger whatsapp telegram viber wechat imessage instant-message instant_message instant-messaging ' +
          'messagerie-instantanee im chat-app whatsapp-business'
        ).split(' '),
      ),
    ],
  ),
];

const NO_MEDIUM = medium('(not set)', '(none)');
const SAYS_MAIL = '(^|[^a-z])(newsletter|infolettre|e?-?mailing)|newsletter|^(lettre-info|nl)$';

/** What Google leaves unassigned and a reader would not. */
export const FILL_INS: readonly ChannelRule[] = [
  extension(
    'x-email',
    'Email',
    [{ field: 'medium', matches: SAYS_MAIL }],
    [{ field: 'source', matches: SAYS_MAIL }],
    [{ field: 'source', matches: '^(e-?mail|courriel)([^a-z]|$)' }],
    [list('webmail'), NO_MEDIUM],
    [
      list('webmail'),
      medium('flow', 'campaign', 'automation', 'broadcast', 'drip', 'blast', 'autoresponder', 'transactional'),
    ],
    [list('webmail'), { field: 'medium', absent: true }],
  ),
  extension('x-display', 'Display', [list('ads'), NO_MEDIUM], [list('ads'), medium('referral', 'native-ads')]),
  extension('x-display-words', 'Display', [{ field: 'medium', matches: '^(display|banner|banniere)[^a-z]' }]),
  extension('x-paid-words', 'Paid Other', [
    {
      field: 'medium',
      matches: '(^|[^a-z])(ads?|adv|advert|advertising|sponsored|sponsorise|sponsorisé|publicite|publicité|pub)$',
    },
  ]),
  extension('x-affiliates', 'Affiliates', [{ field: 'medium', matches: '^affili' }], [list('affiliates'), NO_MEDIUM]),
  extension('x-sms', 'SMS', [{ field: 'medium', matches: '^(sms|rcs|mms)[^a-z]' }]),
  extension('x-social', 'Organic Social', [
    {
      field: 'medium',
      matches:
        '^(organic[-_ ]?social|social[-_ ]?organic|social[-_ ]|stories$|story$|reels?$|linkinbio$|link[-_]in[-_]bio$)',
    },
  ]),
  extension('x-search', 'Organic Search', [
    { field: 'medium', matches: '^(organic[-_ ]?search|search[-_ ]?organic|referencement|référencement)' },
  ]),
];
