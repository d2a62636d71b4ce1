import type { PersonWords } from './person-en.js';

/** Texts of the panel on one person, in French. */
export const PERSON_FR: PersonWords = {
  label: 'Numéro de commande ou identifiant',
  show: 'Afficher',
  none: 'Aucune personne ni commande ne porte ce nom.',
  known: 'Connue comme',
  seen: (type, value, first, last) => `${type} : ${value} (du ${first} au ${last})`,
  order: (id, at, amount) => `Commande ${id}, ${at}, ${amount}`,
  credits: 'Les contacts avant la commande, et ce que chaque modèle leur donne',
  creditsAbout: (days) =>
    `Les contacts des ${days} jours précédents, du plus ancien au plus récent ; la somme de chaque modèle est le montant de la commande.`,
  noCredit: 'retour d’une page de paiement ou de connexion : aucun mérite',
  assumed: 'aucun contact trouvé : compte comme accès direct',
  why: 'Pourquoi ce canal',
  ruleOf: (id) => `règle ${id}`,
  nothing: 'ni campagne, ni site référent',
  evidence: (text) => {
    const [name = '', ...rest] = text.split(' ');
    return [Object.hasOwn(EVIDENCE, name) ? EVIDENCE[name] : name, ...rest].join(' ');
  },
  onePerson: 'Pourquoi c’est une seule personne',
  alone: 'Un seul identifiant : rien n’a dû être réuni.',
  link: (one, other, events, since) =>
    `${one} et ${other} : ${events === 1 ? '1 événement porte' : `${events} événements portent`} les deux, le premier le ${since}.`,
  links: {
    seen: 'ensemble dans des événements',
    tie: 'deux marques d’un même titulaire',
    companion: 'vus côte à côte',
    alias: 'déclarés identiques, avec la clé secrète',
    undo: 'déclarés différents, avec la clé secrète',
  },
  consent: 'Consentement',
  noChoice:
    'Aucun choix n’est consigné : ces événements viennent de serveurs, de caisses ou d’imports, ou aucun bandeau n’a été affiché.',
  granted: (of, all) => `${of} événements sur ${all} portent le consentement du visiteur à « analytics ».`,
  unstated: (n) => `${n} ne ${n > 1 ? 'disent' : 'dit'} rien du consentement (serveurs, caisses, imports).`,
  denied: (n) => `${n} ${n > 1 ? 'disent' : 'dit'} qu’il a été refusé.`,
  noneBefore: (choice, arrival) =>
    `Le premier choix date du ${choice} ; le premier événement qui en dépend est arrivé le ${arrival}, pas avant.`,
  before: (n, choice) => `${n} d’entre eux sont arrivés avant le premier choix consigné (${choice}).`,
  choices: 'Choix consignés',
  choice: 'Choix',
  platform: 'Connu par',
  platforms: { stamp: 'ce que dit chaque événement', manual: 'le site lui-même' },
  version: 'Version',
  arrived: 'Arrivé',
  yes: 'oui',
  no: 'non',
  removed: (at, removed, trimmed) =>
    `${at} : consentement retiré ; ${removed} événements supprimés, ${trimmed} privés de leur campagne.`,
  purposes: {
    analytics: 'mesure d’audience',
    attribution: 'mesure des campagnes',
    personalization: 'personnalisation',
    advertising: 'publicité',
  },
  saveCredits: 'Ces crédits (CSV)',
  save: 'Tout sur cette personne (JSON)',
  whyOrder: 'Pourquoi ?',
  whyOrderOf: (id) => `Pourquoi ? Commande ${id}`,
  threadOf: (what, at) => `Fil de la personne qui a fait « ${what} » à ${at}`,
  thread: 'Fil',
  example: 'Un exemple',
  exampleOf: (path) => `Fil d’une commande venue par ce chemin : ${path}`,
  latest: (n) => `Les ${n} derniers événements ; le fichier les a tous.`,
  timeline: 'Ce qui s’est passé',
  time: 'Heure',
  event: 'Événement',
  where: 'Où',
  from: 'Venu de',
};

/** The words before what was found, of the rules. */
const EVIDENCE: Record<string, string> = {
  referrer: 'site référent',
  medium: 'support',
  campaign: 'campagne',
  click: 'identifiant de clic',
};
