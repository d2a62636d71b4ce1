/** The words of the banner. */
export const BANNER_TEXTS = {
  fr: {
    consentModal: {
      title: 'On garde le fil ?',
      description:
        'Avec votre accord, nous mesurons ce qui se passe dans la boutique et ce qui vous y a amené. Sans accord, rien n’est envoyé et rien n’est enregistré sur votre appareil. <a href="/fr/confidentialite">Le détail</a>',
      acceptAllBtn: 'Tout accepter',
      acceptNecessaryBtn: 'Tout refuser',
      showPreferencesBtn: 'Choisir',
    },
    preferencesModal: {
      title: 'Ce que nous pouvons mesurer',
      acceptAllBtn: 'Tout accepter',
      acceptNecessaryBtn: 'Tout refuser',
      savePreferencesBtn: 'Enregistrer ce choix',
      closeIconLabel: 'Fermer',
      sections: [
        {
          title: 'Nécessaire',
          description: 'Le panier et votre réponse à ce bandeau. La boutique ne marcherait pas sans eux.',
          linkedCategory: 'necessary',
        },
        {
          title: 'Mesure d’audience',
          description:
            'Les pages vues, les clics, les formulaires envoyés (jamais leur contenu), la vitesse des pages.',
          linkedCategory: 'analytics',
        },
        {
          title: 'Mesure des campagnes',
          description: 'La publicité, la lettre ou le lien par lequel vous êtes arrivé.',
          linkedCategory: 'marketing',
        },
      ],
    },
  },
  en: {
    consentModal: {
      title: 'May we keep the thread?',
      description:
        'If you agree, we measure what happens in the shop and what brought you here. If you do not, nothing is sent and nothing is kept on your device. <a href="/en/privacy">In detail</a>',
      acceptAllBtn: 'Accept all',
      acceptNecessaryBtn: 'Refuse all',
      showPreferencesBtn: 'Choose',
    },
    preferencesModal: {
      title: 'What we may measure',
      acceptAllBtn: 'Accept all',
      acceptNecessaryBtn: 'Refuse all',
      savePreferencesBtn: 'Save this choice',
      closeIconLabel: 'Close',
      sections: [
        {
          title: 'Necessary',
          description: 'The cart and your answer to this banner. The shop would not work without them.',
          linkedCategory: 'necessary',
        },
        {
          title: 'Audience measurement',
          description: 'Pages seen, clicks, forms sent (never what is in them), how fast pages are.',
          linkedCategory: 'analytics',
        },
        {
          title: 'Campaign measurement',
          description: 'The advertisement, letter or link that brought you here.',
          linkedCategory: 'marketing',
        },
      ],
    },
  },
};

/** The words of banners that ask for each service. */
export const SERVICE_TEXTS = {
  fr: {
    privacy: '/fr/confidentialite',
    purpose: 'Mesure',
    measure: {
      title: 'Mesure d’audience et des campagnes',
      text: 'Les pages vues, et le lien par lequel vous êtes arrivé.',
    },
    ads: {
      title: 'Publicité',
      text: 'La transmission de vos achats à des réseaux publicitaires. Cette boutique n’en utilise pas.',
    },
  },
  en: {
    privacy: '/en/privacy',
    purpose: 'Measurement',
    measure: { title: 'Visits and campaigns', text: 'Pages viewed, and the link that brought you here.' },
    ads: { title: 'Advertising', text: 'Passing on your orders to advertising networks. This shop uses none.' },
  },
};
