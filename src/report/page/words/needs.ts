import type { PeopleReportName } from '../../people/reports.js';

/** What a report without rows lives on, by its name: the words for a reader who wonders where the figures are. */
export type Needs = Partial<Record<PeopleReportName, string>>;

/** In English. Names of events are those of the API. */
export const NEEDS_EN: Needs = {
  satisfaction: 'Fills with “Survey Answered” events.',
  email:
    'Fills with “Email Delivered”, “Email Opened” and “Email Link Clicked” events, e.g. from your mailing service’s webhook.',
  engagement: 'Fills with sessions; engaged time when the tag has “engagement” in data-capture.',
  carts: 'Fills with “Product Added” events.',
  pickup: 'Fills with orders that are fetched in a shop: “Order Ready for Pickup” and “Order Picked Up”.',
  'web-to-store': 'Fills with orders from your tills, e.g. “filrouge import receipts.csv --map till”.',
  'store-to-web': 'Fills with orders online.',
  ads: 'Fills with imported costs: “filrouge import costs.csv --map costs”.',
  vitals: 'Fills when the tag has “vitals” in data-capture.',
  'response-time': 'Fills with the messages of a chat.',
  gauges: 'Fills with imported readings, such as numbers of followers.',
};

/** The same in French. */
export const NEEDS_FR: Needs = {
  satisfaction: 'Se remplit avec les événements « Survey Answered ».',
  email:
    'Se remplit avec les événements « Email Delivered », « Email Opened » et « Email Link Clicked », par exemple par le webhook de votre service d’envoi.',
  engagement: 'Se remplit avec les sessions ; le temps actif, quand le tag a « engagement » dans data-capture.',
  carts: 'Se remplit avec les événements « Product Added ».',
  pickup: 'Se remplit avec les commandes à retirer : « Order Ready for Pickup » et « Order Picked Up ».',
  'web-to-store': 'Se remplit avec les commandes de vos caisses, par exemple « filrouge import recus.csv --map till ».',
  'store-to-web': 'Se remplit avec les commandes en ligne.',
  ads: 'Se remplit avec les coûts importés : « filrouge import couts.csv --map costs ».',
  vitals: 'Se remplit quand le tag a « vitals » dans data-capture.',
  'response-time': 'Se remplit avec les messages d’un chat.',
  gauges: 'Se remplit avec les relevés importés, comme le nombre d’abonnés.',
};
