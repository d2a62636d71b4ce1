import { COLUMNS_FR } from './columns-fr.js';
import { DEFINITIONS_FR } from './definitions-fr.js';
import { MORE_MODELS_FR } from './models.js';
import { NEEDS_FR } from './needs.js';
import { noticeFr } from './notices-fr.js';
import type { PeopleWords } from './people-en.js';
import { PERSON_FR } from './person-fr.js';
import { REASONS_TOLD_FR } from './reasons.js';
import { VALUES_FR } from './values-fr.js';

/** Texts of the panels on people, in French. */
export const peopleFr: PeopleWords = {
  nav: 'Rubriques',
  sections: {
    kpis: 'Vue d’ensemble',
    attribution: 'Attribution',
    sales: 'Ventes',
    customers: 'Clients',
    transitions: 'Passages',
    satisfaction: 'Satisfaction',
    delivery: 'Acheminement',
    consent: 'Consentement',
    audience: 'Audience',
    more: 'Tous les chiffres',
    person: 'Une personne',
    live: 'En direct',
  },
  segment: 'Personnes',
  segments: {
    '': 'Tout le monde',
    identified: 'Connues par un compte',
    anonymous: 'Inconnues',
    new: 'Vues pour la première fois',
    returning: 'Déjà vues avant',
    customers: 'Clients',
    'returning-customers': 'Clients d’avant la période',
    prospects: 'Sans commande',
  },
  pick: 'Rapport',
  spans: (window, follow) => `${window} + ${follow} jours`,
  span: 'Fenêtre et suivi',
  model: 'Modèle',
  allModels: 'Comparer les six',
  moreModels: MORE_MODELS_FR,
  few: (n) => `Seulement ${n} : ce chiffre peut être dû au hasard.`,
  noNumber: 'Rien à afficher pour ce choix.',
  needs: NEEDS_FR,
  listed: (rows) => `Les ${rows} premières lignes ; le CSV les a toutes.`,
  note: 'Remarque : ',
  notice: noticeFr,
  check: (expected, came) =>
    `Contrôle sur le dernier tiers du temps : ${expected} commandes prévues, ${came} arrivées.`,
  cohortMonth: (n) => (n === 0 ? 'Même mois' : `+${n} mois`),
  reasons: REASONS_TOLD_FR,
  everybody: 'Les événements de tout le monde : « Personnes » et « Objectif » ne s’appliquent pas ici.',
  imported:
    'Presque tous sont arrivés en retard : ils ont été envoyés après coup, comme lors d’un import d’historique.',
  told: (title, value) => `${title} : ${value}`,
  fromTo: 'de ↓ vers →',
  stillOpen: 'La période n’est pas terminée : ce chiffre peut encore augmenter.',
  worst: (step, share) => `C’est avant « ${step} » que l’on perd le plus de monde : ${share} n’y arrivent pas.`,
  panels: {
    sales: {
      title: 'Ventes, retours déduits',
      about:
        'Chaque numéro de commande compte une fois, qu’il vienne du site, d’un serveur ou d’une caisse ; les commandes annulées sont écartées. Un remboursement compte le jour où il a lieu : chiffre d’affaires = commandes − remboursements. Panier moyen = montant des commandes ÷ nombre, avant remboursements. Taux de retour = commandes remboursées ÷ commandes. La concentration (Herfindahl) additionne les carrés des parts du chiffre d’affaires : 100 % = un seul lieu.',
    },
    customers: {
      title: 'Clients',
      about:
        'Personnes ayant commandé pendant la période, par premier canal connu. Fidélisation = clients avec au moins deux commandes dans la période ÷ clients. Fréquence = commandes ÷ clients. Valeur à vie = commandes moins remboursements, de la première commande à la fin de la période, en moyenne, avec un intervalle à 95 % par rééchantillonnage. Une relation est terminée après 90 jours sans signe de vie ; celles qui durent ne sont pas dans la médiane.',
    },
    lifetime: {
      title: 'Ce que les clients rapporteront',
      about:
        'Toutes les personnes ayant commandé avant la fin de la période : ce qu’elles devraient commander dans l’année qui suit, d’après la fréquence et la date de leurs achats (BG/NBD) et leur montant (Gamma-Gamma). Sans marge ni actualisation ; le passé des clients se prolonge tel quel. Le contrôle montre la même prévision faite aux deux tiers du temps connu, face à ce qui est arrivé ensuite.',
    },
    cohorts: {
      title: 'Qui revient',
      about:
        'Les clients par mois de première commande ; chaque colonne donne la part d’entre eux qui a de nouveau commandé tant de mois plus tard. Jusqu’à douze mois avant la fin de la période. Un chiffre pâle avec un signe appartient à un mois qui n’est pas terminé. Les lignes se comparent entre elles : la période précédente n’est donc pas montrée.',
    },
    combinations: {
      title: 'Valeur par combinaison de canaux',
      about:
        'Les clients sont classés selon les canaux rencontrés dans les 90 jours suivant leur première commande, et évalués sur les 180 jours d’après, la même durée pour tous. Personne n’est donc dans un grand groupe pour la seule raison d’être resté longtemps. Qui achète beaucoup tôt rencontre aussi plus de canaux : « ajusté » compare ce qui est comparable. C’est une observation, pas un effet. Porte sur les deux ans avant la fin de la période, quelle qu’elle soit ; il n’y a donc pas de comparaison.',
    },
    transitions: {
      title: 'D’un canal à l’autre',
      about:
        'Combien de fois on passe d’un canal au suivant en 30 jours. Gain = part de ceux qui sont passés et ont atteint l’objectif dans les 30 jours ÷ la même part de ceux qui étaient au premier canal et ne sont pas passés. Qui passe est déjà plus intéressé : le gain n’est pas un effet. « (fin) » = rien n’a suivi pendant 30 jours.',
    },
    overlap: {
      title: 'Recouvrement des canaux',
      about:
        'Pour chaque paire de canaux : personnes n’ayant rencontré que l’un, que l’autre, ou les deux pendant la période. Recouvrement = les deux ÷ l’ensemble.',
    },
    funnel: {
      title: 'Étapes vers la commande',
      about:
        'Personnes ayant franchi ces étapes dans cet ordre en 30 jours ; chacune une fois, avec le parcours allé le plus loin. Perdus = part de l’étape précédente qui n’arrive pas ici.',
    },
    satisfaction: {
      title: 'Satisfaction',
      about:
        'Réponses aux enquêtes par canal. NPS = promoteurs (9, 10) − détracteurs (0 à 6), en points ; CSAT = part des deux meilleures réponses sur cinq. Intervalles à 95 % : avec peu de réponses, ils en disent plus que le chiffre.',
    },
    delivery: {
      title: 'Acheminement : ce qui n’est jamais arrivé',
      about:
        'Le marqueur numérote les événements de chaque page, et la page suivante dit jusqu’où la précédente avait compté : un numéro jamais arrivé est une perte. Ce qui suit le dernier événement de la dernière page d’un visiteur ne peut être connu. Refusé = écarté par le collecteur, avec le motif ; en retard = plus d’une heure après ; en double = revenu et non stocké une seconde fois. Un événement qui finit par arriver n’est plus perdu.',
    },
    consent: {
      title: 'Consentement : ce que les visiteurs ont choisi',
      about:
        'Chaque choix consigné par le collecteur, quant à la mesure d’audience sauf si le tableau est par finalité ; ce qui répète le dernier choix du même appareil n’en est pas un. Retiré = avait été accordé sur cet appareil et ne l’est plus. Les premiers chiffres confrontent ce qui est stocké au registre : événements arrivés avant le premier choix de leur appareil, après lui, ou d’où aucun choix n’est consigné (serveurs, caisses, imports).',
    },
    audience: {
      title: 'Audience, mesurée sans consentement',
      about:
        'Pages vues de tous ceux qui ne s’y sont pas opposés, comptées sans cookie, sans identifiant ni rien qui distingue les personnes : il n’y a donc ici ni visiteurs, ni segments, ni conversions, et ces vues ne s’ajoutent à aucun autre chiffre. Une entrée est une vue venue d’ailleurs. Les parties sont arrondies et les petites réunies.',
    },
    more: { title: 'Tous les chiffres', about: 'Tous les autres rapports, sous forme de tableau.' },
    person: {
      title: 'Le fil d’une personne',
      about:
        'Saisissez un numéro de commande pour voir pourquoi chaque contact a son mérite, ou un identifiant (compte, appareil) pour voir ce que la personne a fait. Il n’est ni conservé, ni écrit dans l’adresse.',
    },
  },
  consent: {
    of: (events) => `sur ${events} événements`,
    unseen:
      'Qui refuse, ou n’a pas encore choisi, n’envoie rien et n’est donc pas dans ces chiffres : ce qui attend un choix reste dans son navigateur.',
  },
  audience: {
    by: 'Regroupé par',
    clock: (zone) =>
      `Jours et heures du fuseau ${zone}. Personnes, objectif et « état connu au » ne s’appliquent pas ici.`,
  },
  reports: {
    visitors: {
      title: 'Nouveaux visiteurs et visiteurs de retour',
      about:
        'Nouveau = vu pour la première fois pendant la période. De retour = déjà venu avant l’une de ses visites ; un nouveau qui revient est les deux. Non additif.',
    },
    engagement: {
      title: 'Temps passé sur le site',
      about:
        'Session = du premier au dernier événement. Temps actif = pages visibles et au premier plan, compté par le tag. Les deux diffèrent : un onglet caché dure, et une session d’une page dure 0 s, si longtemps qu’on l’ait lue.',
    },
    roles: {
      title: 'Rôles : ouvreur, milieu, finisseur',
      about:
        'Assistées = conversions dont le canal est sur le chemin sans être le dernier. Rapport supérieur à 1 : il prépare plus qu’il ne conclut.',
    },
    'channels-per-journey': {
      title: 'Canaux par parcours',
      about: 'Canaux distincts sur le chemin d’une conversion ; les répétitions comptent une fois.',
    },
    touchpoints: {
      title: 'Points de contact',
      about: 'Île = personne n’y est connu par un compte ni rencontré ailleurs.',
    },
    email: {
      title: 'E-mail',
      about:
        'Compte les destinataires d’un envoi. Taux d’ouverture = ouvert par une personne ÷ délivré ; les ouvertures par des machines sont à part. Taux de clic = clic ÷ délivré, hors désabonnement. Conversion = objectif atteint dans les 7 jours suivant le clic.',
    },
    carts: {
      title: 'Paniers abandonnés',
      about:
        'Abandonné = pas de commande dans la journée suivant le dernier ajout. Taux = abandonnés ÷ (commandés + abandonnés) ; les paniers encore ouverts ou vidés n’entrent dans aucun taux.',
    },
    pickup: {
      title: 'Click and collect',
      about:
        'Commandes à retirer en magasin, chacune une fois ; le retrait n’est pas une seconde commande. Achat complémentaire = fait sur place le même jour.',
    },
    'web-to-store': {
      title: 'Du web au magasin',
      about:
        'Achats en magasin de personnes connues ayant eu une visite ou un clic en ligne dans les 30 jours d’avant. Celles dont on ne sait rien sont à part.',
    },
    'store-to-web': {
      title: 'Du magasin au web',
      about: 'Commandes en ligne de personnes connues passées en magasin dans les 30 jours d’avant.',
    },
    ads: {
      title: 'Publicité : coût et rendement',
      about:
        'Rendement = chiffre d’affaires attribué par le modèle ÷ coût ; rien sans coût. Le mérite ne prouve pas l’effet.',
    },
    vitals: { title: 'Web vitals', about: 'Centiles des visites réelles. Google juge le 75e centile.' },
    cohesion: {
      title: 'Cohésion des données',
      about: 'Part des données rattachées à des personnes connues par un compte.',
    },
    'response-time': {
      title: 'Délai de première réponse',
      about: 'Du premier message d’une personne à la première réponse.',
    },
    awareness: {
      title: 'Notoriété',
      about:
        'Des signes que l’on connaît le nom : impressions, nouveaux visiteurs, visites directes, recherches de la marque. Ils tiennent lieu de notoriété ; une enquête la mesure.',
    },
    gauges: {
      title: 'Relevés importés',
      about: 'La dernière valeur de chaque compte ; les relevés ne s’additionnent jamais.',
    },
  },
  person: PERSON_FR,
  values: VALUES_FR,
  columns: COLUMNS_FR,
  columnsOf: { vitals: { n: 'Mesures' } },
  definitions: DEFINITIONS_FR,
  explained: 'Colonnes expliquées',
};
