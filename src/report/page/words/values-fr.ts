import { METRICS, MODELS_FR, MORE_MODELS_FR } from './models.js';
import { PERSON_FR } from './person-fr.js';

const KINDS = { visit: 'visite', click: 'clic', view: 'vue', contact: 'contact' };

/** Values that a machine gave names to, by field, in French. */
export const VALUES_FR: Record<string, Record<string, string>> = {
  model: { ...MODELS_FR, ...MORE_MODELS_FR },
  kinds: KINDS,
  status: { seen: 'vu', silent: 'muet', island: 'île' },
  what: {
    people: 'personnes',
    sessions: 'sessions',
    pageViews: 'pages vues',
    touches: 'contacts',
    orders: 'commandes',
  },
  metric: METRICS,
  rating: { good: 'bon', 'needs-improvement': 'à améliorer', poor: 'mauvais' },
  kind: { csat: 'CSAT', nps: 'NPS', ces: 'CES' },
  platform: { ...PERSON_FR.platforms, '': 'non précisé' },
  purpose: PERSON_FR.purposes,
  version: { '': 'non précisée' },
  // The steps of the funnel are names of events; this one is not.
  event: { Visit: 'Visite' },
  device: {
    desktop: 'ordinateur',
    mobile: 'mobile',
    tablet: 'tablette',
    tv: 'télévision',
    other: 'autre',
    bot: 'robot',
  },
  viaCampaign: { yes: 'oui', no: 'non' },
};
