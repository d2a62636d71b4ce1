import { BANNER_TEXTS } from './banner-texts.js';

/**
 * Starts the banner that this page has, and lets the buttons of the page open its settings.
 * @param {'fr' | 'en'} lang
 */
export async function startBanner(lang) {
  const { banner } = document.body.dataset;
  // vanilla-cookieconsent finds the buttons by itself.
  if (banner === 'cookieconsent') return startCookieconsent(lang);
  const open =
    banner === 'klaro'
      ? (await import('./banner-klaro.js')).startKlaro(lang)
      : (await import('./banner-tarteaucitron.js')).startTarteaucitron(lang);
  for (const button of document.querySelectorAll('[data-cc]')) button.addEventListener('click', open);
}

/**
 * vanilla-cookieconsent v3 as it comes from npm. The tag listens to it through
 * `data-consent="cookieconsent"`; nothing here knows about the tag.
 * @param {'fr' | 'en'} lang
 */
function startCookieconsent(lang) {
  allowBannerMarkup(lang);
  const running = window.CookieConsent.run({
    // Shown to everybody, so that the end-to-end test sees what a visitor sees.
    hideFromBots: false,
    guiOptions: {
      // Refusing is as easy as accepting: same size, same colour.
      consentModal: { layout: 'box', position: 'bottom left', equalWeightButtons: true },
      preferencesModal: { layout: 'box', equalWeightButtons: true },
    },
    categories: { necessary: { enabled: true, readOnly: true }, analytics: {}, marketing: {} },
    language: { default: lang, translations: { [lang]: BANNER_TEXTS[lang] } },
  });
  running.catch((error) => console.error('The consent banner did not start', error));
}

/**
 * The banner sets innerHTML, which this shop's policy (require-trusted-types-for 'script') forbids. So that the rule can
 * stay, the default policy lets exactly three things through: words without markup, the sentences of the banner as they
 * stand in banner-texts.js, and the banner's own icons. Anything else throws.
 * @param {'fr' | 'en'} lang
 */
function allowBannerMarkup(lang) {
  const own = new Set(strings(BANNER_TEXTS[lang]));
  const icon = /^<svg viewBox="0 0 24 24" stroke-width="[\d.]+"><path d="[\w\s.,-]+"\/?>(<\/path>)?<\/svg>$/;
  window.trustedTypes?.createPolicy('default', {
    createHTML: (markup) => (!markup.includes('<') || own.has(markup) || icon.test(markup) ? markup : null),
  });
}

/**
 * @param {unknown} texts
 * @returns {string[]}
 */
function strings(texts) {
  if (typeof texts === 'string') return [texts];
  return typeof texts === 'object' && texts ? Object.values(texts).flatMap(strings) : [];
}
