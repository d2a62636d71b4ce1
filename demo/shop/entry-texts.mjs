import { html } from './html.mjs';

/** What the start page says, in both languages. */
export const ENTRY_TEXTS = {
  en: {
    title: 'filrouge · start here',
    other: 'Français',
    heading: 'From an advertisement to an order, and back again.',
    lead: 'Come into the shop by one of these doors, and see in the report which door gets the credit.',
    report: 'Open the report',
    events: 'Raw events',
    simulated: html`The report already holds nine weeks of <strong>simulated visitors</strong>: their orders begin with SIM-, their library is called filrouge-demo-simulator. What you do in the shop is added to them.`,
    steps: [
      'Enter through a door. Before you answer the banner, look at the network and storage tabs: nothing is sent, nothing is kept.',
      'Accept late, after moving through the tabs of the shop’s list, which load no page: your door still counts. (A page load before your answer forgets it, since nothing was kept.)',
      'Order something. A moment later the report credits it.',
      'Come again through another door and order again: compare first, last and linear.',
      'Refuse, then look again; “Cookie settings” in the footer of the shop lets you change your mind either way.',
      'In the report, under “Live”, open the thread of what you did: why your order was credited so, what you agreed to, and that nothing arrived before.',
    ],
    banner: 'Consent banner of the shop:',
    till: {
      title: 'Without a browser',
      text: 'A till knows the customer number that the newsletter form of the shop shows you. Put it in, and the order at the counter joins the visits on your screen:',
    },
  },
  fr: {
    title: 'filrouge · commencez ici',
    other: 'English',
    heading: 'D’une publicité à une commande, et retour.',
    lead: 'Entrez dans la boutique par l’une de ces portes, et voyez dans le rapport à quelle porte revient la commande.',
    report: 'Ouvrir le rapport',
    events: 'Événements bruts',
    simulated: html`Le rapport contient déjà neuf semaines de <strong>visiteurs simulés</strong> : leurs commandes commencent par SIM-, leur bibliothèque s’appelle filrouge-demo-simulator. Ce que vous faites dans la boutique s’y ajoute.`,
    steps: [
      'Entrez par une porte. Avant de répondre au bandeau, regardez les onglets réseau et stockage : rien n’est envoyé, rien n’est gardé.',
      'Acceptez tard, après avoir parcouru les onglets de la liste, qui ne chargent aucune page : votre porte compte encore. (Charger une page avant de répondre la fait oublier, puisque rien n’a été gardé.)',
      'Commandez. Un instant plus tard, le rapport l’attribue.',
      'Revenez par une autre porte et commandez de nouveau : comparez premier, dernier et linéaire.',
      'Refusez, puis regardez encore ; « Réglages des cookies », en bas de la boutique, permet de changer d’avis dans les deux sens.',
      'Dans le rapport, sous « En direct », ouvrez le fil de ce que vous avez fait : pourquoi votre commande a ces mérites, ce que vous avez accepté, et que rien n’est arrivé avant.',
    ],
    banner: 'Bandeau de consentement de la boutique :',
    till: {
      title: 'Sans navigateur',
      text: 'Une caisse connaît le numéro de client que le formulaire de la lettre vous montre dans la boutique. Mettez-le, et la commande au comptoir rejoint les visites sur votre écran :',
    },
  },
};

/**
 * The language of a start page: the one that its address asks for, else the first that the browser prefers, else English.
 * @param {string | null} asked
 * @param {string | undefined} accepted The header `accept-language`.
 * @returns {import('./catalog.mjs').Lang}
 */
export function entryLanguage(asked, accepted) {
  if (asked === 'fr' || asked === 'en') return asked;
  return /^\s*fr\b/i.test(accepted ?? '') ? 'fr' : 'en';
}
