import type { MappingJson, Source } from '../mapping-contract.js';

/** The first of these columns, by their names in small letters with `_` for everything else. */
const column = (names: string): string[] => names.split(' ').map((name) => `$.${name}`);
const text = (names: string, fallback?: string): Source => ({
  from: column(names),
  as: 'text',
  ...(fallback !== undefined && { default: fallback }),
});
const number = (names: string): Source => ({ from: column(names), as: 'number' });
const time = (names: string): Source => ({ from: column(names), as: 'time' });

const WHO: NonNullable<MappingJson['who']> = {
  userId: text('user_id userid customer_id client_id client numero_client'),
  email: text('email e_mail mail courriel adresse_email'),
  phone: text('phone phone_number telephone tel mobile numero_telephone'),
  loyaltyId: text('loyalty_id loyalty_card card card_number carte carte_fidelite numero_carte'),
  crmId: text('crm_id'),
};

const ORDER = {
  total: number('total amount total_amount montant montant_ttc total_ttc'),
  revenue: number('revenue net_amount montant_ht total_ht'),
  tax: number('tax vat tva'),
  discount: number('discount remise'),
  currency: text('currency devise'),
  coupon: text('coupon coupon_code promo_code code_promo'),
};

const till: MappingJson = {
  name: 'till',
  // Many tills write a sale and a return into the same column.
  event: {
    from: column('type kind nature'),
    words: {
      return: 'Order Refunded',
      refund: 'Order Refunded',
      retour: 'Order Refunded',
      remboursement: 'Order Refunded',
      '*': 'Order Completed',
    },
    default: 'Order Completed',
  },
  id: [
    text('store_id store shop magasin boutique', '-'),
    text('receipt_id receipt receipt_number ticket ticket_id numero_ticket order_id'),
    text('type kind nature', 'sale'),
  ],
  at: time('sold_at sold date_time datetime timestamp date date_vente date_heure'),
  who: WHO,
  channel: text('channel canal', 'store'),
  properties: {
    ...ORDER,
    order_id: text('order_id receipt_id receipt receipt_number ticket ticket_id numero_ticket'),
    receipt_id: text('receipt_id receipt receipt_number ticket ticket_id numero_ticket'),
    store_id: text('store_id store shop magasin boutique'),
    pos_id: text('pos_id till_id pos till caisse numero_caisse'),
    payment_method: text('payment_method payment paiement mode_paiement'),
  },
};

const calls: MappingJson = {
  name: 'calls',
  event: 'Call Ended',
  id: [text('call_id call id_appel appel_id id')],
  at: time('started_at start_time start date_time datetime timestamp date debut date_appel date_heure'),
  who: {
    ...WHO,
    phone: text('caller caller_number from phone phone_number appelant numero_appelant telephone'),
    // The visitor to whom a page showed a number of their own.
    anonymousId: text('anonymous_id visitor_id'),
  },
  channel: 'phone',
  properties: {
    call_id: text('call_id call id_appel appel_id id'),
    duration: number('duration duration_seconds seconds duree duree_secondes'),
    outcome: text('outcome status result statut resultat'),
    number_id: text('number_id number called to numero_appele numero'),
    agent_id: text('agent_id agent conseiller'),
  },
};

const catalogue: MappingJson = {
  name: 'catalogue',
  event: 'Order Completed',
  id: [text('order_id order order_number commande numero_commande')],
  at: time('ordered_at order_date date_time datetime timestamp date date_commande'),
  who: WHO,
  channel: text('channel canal', 'catalogue'),
  properties: {
    ...ORDER,
    order_id: text('order_id order order_number commande numero_commande'),
    catalogue_id: text('catalogue_id catalog_id catalogue catalog edition'),
  },
};

const surveys: MappingJson = {
  name: 'surveys',
  event: 'Survey Answered',
  id: [text('survey_id survey enquete_id enquete', '-'), text('answer_id response_id id reponse_id')],
  at: time('answered_at date_time datetime timestamp date date_reponse'),
  who: WHO,
  channel: text('channel canal'),
  properties: {
    survey_id: text('survey_id survey enquete_id enquete'),
    kind: text('kind type'),
    score: number('score note'),
    touchpoint: text('touchpoint point_de_contact'),
    channel: text('channel canal'),
  },
};

const costs: MappingJson = {
  name: 'costs',
  event: 'Ad Cost Imported',
  id: [
    text('date day jour'),
    text('channel canal', '-'),
    text('source platform regie', '-'),
    text('medium', '-'),
    text('campaign campaign_name campagne', '-'),
    text('ad_group adgroup ad ad_id', '-'),
  ],
  at: time('date day jour'),
  properties: {
    date: text('date day jour'),
    channel: text('channel canal'),
    source: text('source platform regie'),
    medium: text('medium'),
    campaign: text('campaign campaign_name campagne'),
    cost: number('cost spend amount cout depense montant'),
    currency: text('currency devise'),
    clicks: number('clicks clics'),
    impressions: number('impressions'),
  },
};

const social: MappingJson = {
  name: 'social',
  event: 'Social Metric Imported',
  id: [
    text('date day jour'),
    text('network reseau source'),
    text('account account_id compte', '-'),
    text('metric name mesure'),
  ],
  at: time('date day jour'),
  properties: {
    date: text('date day jour'),
    network: text('network reseau source'),
    account: text('account account_id compte'),
    metric: text('metric name mesure'),
    value: number('value valeur'),
  },
};

/** Mappings for the usual exports, by name. Columns are found by several English and French names. */
export const MAPS: { readonly [name: string]: MappingJson } = { till, calls, catalogue, surveys, costs, social };
