/**
 * @typedef {object} EntryLink
 * @property {string} title
 * @property {string} says What a visitor sees of it.
 * @property {string} path
 * @property {string} query
 * @property {boolean} [referrer] The link lets the browser tell where it comes from.
 */

/** @type {{ group: string, links: EntryLink[] }[]} */
export const ENTRY_LINKS = [
  {
    group: 'Paid',
    links: [
      {
        title: 'A Google ad',
        says: '“Linen thread, dyed with madder. Free delivery from €80.”',
        path: '/en/product/the-red-thread',
        query:
          'gclid=EAIaIQobChMIdemo0ne&utm_source=google&utm_medium=cpc&utm_campaign=autumn-thread&utm_term=linen+thread',
      },
      {
        title: 'A Facebook post, promoted',
        says: 'The jumper on a pier, eleven likes, one aunt.',
        path: '/en/product/fisherman-jumper',
        query:
          'fbclid=IwAR0demo&utm_source=facebook&utm_medium=paid_social&utm_campaign=jumper-weather&utm_content=pier',
      },
    ],
  },
  {
    group: 'Your own channels',
    links: [
      {
        title: 'The newsletter',
        says: '“Letter from the workshop, no. 41: mending.”',
        path: '/en/shop/threads',
        query: 'utm_source=letter&utm_medium=email&utm_campaign=letter-41&utm_content=top-picture',
      },
      {
        title: 'A text message',
        says: '“Your socks are back. Atelier Fil”',
        path: '/en/product/wool-socks',
        query: 'utm_source=sms&utm_medium=sms&utm_campaign=back-in-stock',
      },
      {
        title: 'A QR code on a flyer',
        says: 'In the window of the Rennes workshop. Your phone would open this:',
        path: '/en/',
        query: 'utm_source=flyer&utm_medium=qr&utm_campaign=rennes-window',
      },
    ],
  },
  {
    group: 'Earned, or nobody knows',
    links: [
      {
        title: 'A link on another site',
        says: 'This page is that site: another host name, so the referrer is real.',
        path: '/en/product/workshop-apron',
        query: '',
        referrer: true,
      },
      {
        title: 'An AI assistant',
        says: 'Assistants mark their links themselves.',
        path: '/en/product/long-scarf',
        query: 'utm_source=chatgpt.com',
      },
      {
        title: 'A Google result, not an ad',
        says: 'Comes with nothing but its referrer, which no page can fake. These values stand in for it.',
        path: '/en/',
        query: 'utm_source=google&utm_medium=organic',
      },
      { title: 'Typed into the address bar', says: 'No campaign, no referrer: direct.', path: '/en/', query: '' },
    ],
  },
];
