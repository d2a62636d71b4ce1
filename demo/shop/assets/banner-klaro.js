import { SERVICE_TEXTS } from './banner-texts.js';

/**
 * Starts Klaro. It asks for each service by name; the two that the tag listens for by itself are `filrouge` and
 * `filrougeads`. Campaigns belong to the first one, as in the adapter's default.
 * @param {'fr' | 'en'} lang
 */
export function startKlaro(lang) {
  const { measure, ads, privacy, purpose } = SERVICE_TEXTS[lang];
  window.klaro.setup({
    version: 1,
    lang,
    acceptAll: true,
    privacyPolicy: privacy,
    translations: {
      [lang]: {
        filrouge: { title: measure.title, description: measure.text },
        filrougeads: { title: ads.title, description: ads.text },
        purposes: { statistics: { title: purpose } },
      },
    },
    services: [
      { name: 'filrouge', purposes: ['statistics'] },
      { name: 'filrougeads', purposes: ['statistics'] },
    ],
  });
  return () => window.klaro.show(undefined, true);
}
