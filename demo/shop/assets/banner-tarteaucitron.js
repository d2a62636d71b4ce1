import { SERVICE_TEXTS } from './banner-texts.js';

/**
 * Starts tarteaucitron. It asks for each service by its key; the two that the tag listens for by itself are `filrouge` and
 * `filrougeads`.
 * @param {'fr' | 'en'} lang
 */
export function startTarteaucitron(lang) {
  const { measure, ads, privacy } = SERVICE_TEXTS[lang];
  const { tarteaucitron } = window;
  window.tarteaucitronForceLanguage = lang;
  addEventListener('tac.root_available', () => {
    for (const { key, title } of [
      { key: 'filrouge', ...measure },
      { key: 'filrougeads', ...ads },
    ]) {
      const service = { key, type: 'analytic', name: title, uri: privacy, needConsent: true, cookies: [], js() {} };
      tarteaucitron.services[key] = service;
      (tarteaucitron.job ||= []).push(key);
    }
  });
  tarteaucitron.init({
    privacyUrl: privacy,
    bodyPosition: 'bottom',
    orientation: 'bottom',
    highPrivacy: true,
    DenyAllCta: true,
    AcceptAllCta: true,
    showIcon: false,
    removeCredit: true,
    useExternalCss: true,
    googleConsentMode: false,
  });
  return () => tarteaucitron.userInterface.openPanel();
}
