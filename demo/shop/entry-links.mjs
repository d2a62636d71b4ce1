/**
 * @typedef {import('./catalog.mjs').Lang} Lang
 * @typedef {object} EntryLink
 * @property {Record<Lang, string>} title
 * @property {Record<Lang, string>} says What a visitor sees of it.
 * @property {[page: import('./routes.mjs').PageName, param?: string]} to
 * @property {string} query
 * @property {boolean} [referrer] The link lets the browser tell where it comes from.
 */

/** @type {{ group: Record<Lang, string>, links: EntryLink[] }[]} */
export const ENTRY_LINKS = [
  {
    group: { en: 'Paid', fr: 'Payé' },
    links: [
      {
        title: { en: 'A Google ad', fr: 'Une annonce Google' },
        says: {
          en: '“Linen thread, dyed with madder. Free delivery from €80.”',
          fr: '« Fil de lin teint à la garance. Envoi offert dès 80 €. »',
        },
        to: ['product', 'spool'],
        query:
          'gclid=EAIaIQobChMIdemo0ne&utm_source=google&utm_medium=cpc&utm_campaign=autumn-thread&utm_term=linen+thread',
      },
      {
        title: { en: 'A Facebook post, promoted', fr: 'Une publication Facebook sponsorisée' },
        says: {
          en: 'The jumper on a pier, eleven likes, one aunt.',
          fr: 'Le pull sur une jetée, onze « j’aime », une tante.',
        },
        to: ['product', 'jumper'],
        query:
          'fbclid=IwAR0demo&utm_source=facebook&utm_medium=paid_social&utm_campaign=jumper-weather&utm_content=pier',
      },
    ],
  },
  {
    group: { en: 'Your own channels', fr: 'Vos propres canaux' },
    links: [
      {
        title: { en: 'The newsletter', fr: 'La lettre d’information' },
        says: {
          en: '“Letter from the workshop, no. 41: mending.”',
          fr: '« Lettre de l’atelier, nᵒ 41 : repriser. »',
        },
        to: ['list', 'threads'],
        query: 'utm_source=letter&utm_medium=email&utm_campaign=letter-41&utm_content=top-picture',
      },
      {
        title: { en: 'A text message', fr: 'Un SMS' },
        says: { en: '“Your socks are back. Atelier Fil”', fr: '« Vos chaussettes sont de retour. Atelier Fil »' },
        to: ['product', 'socks'],
        query: 'utm_source=sms&utm_medium=sms&utm_campaign=back-in-stock',
      },
      {
        title: { en: 'A QR code on a flyer', fr: 'Un code QR sur un prospectus' },
        says: {
          en: 'In the window of the Rennes workshop. Your phone would open this:',
          fr: 'Dans la vitrine de l’atelier de Rennes. Votre téléphone ouvrirait ceci :',
        },
        to: ['home'],
        query: 'utm_source=flyer&utm_medium=qr&utm_campaign=rennes-window',
      },
    ],
  },
  {
    group: { en: 'Earned, or nobody knows', fr: 'Gagné, ou sans origine connue' },
    links: [
      {
        title: { en: 'A link on another site', fr: 'Un lien sur un autre site' },
        says: {
          en: 'This page is that site: another host name, so the referrer is real.',
          fr: 'Cette page est ce site : un autre nom d’hôte, donc un vrai site référent.',
        },
        to: ['product', 'apron'],
        query: '',
        referrer: true,
      },
      {
        title: { en: 'An AI assistant', fr: 'Un assistant IA' },
        says: { en: 'Assistants mark their links themselves.', fr: 'Les assistants marquent eux-mêmes leurs liens.' },
        to: ['product', 'scarf'],
        query: 'utm_source=chatgpt.com',
      },
      {
        title: { en: 'A Google result, not an ad', fr: 'Un résultat Google, sans publicité' },
        says: {
          en: 'Comes with nothing but its referrer, which no page can fake. These values stand in for it.',
          fr: 'N’apporte que son site référent, qu’aucune page ne peut imiter. Ces valeurs le remplacent.',
        },
        to: ['home'],
        query: 'utm_source=google&utm_medium=organic',
      },
      {
        title: { en: 'Typed into the address bar', fr: 'Tapé dans la barre d’adresse' },
        says: { en: 'No campaign, no referrer: direct.', fr: 'Ni campagne ni site référent : accès direct.' },
        to: ['home'],
        query: '',
      },
    ],
  },
];
