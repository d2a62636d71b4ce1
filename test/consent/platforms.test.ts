import type { Page } from 'playwright-core';
import { type ConsentFixture, testConsentSource } from '../contract/consent.js';
import { bundleBanner } from './banners/bundle.js';
import { useStage } from './stage.js';

/** The real platforms, as npm has them; the banner around the two interfaces of the IAB is ours. */
const open = useStage(async () => ({
  klaro: { directory: 'klaro/dist' },
  cookieconsent: { directory: 'vanilla-cookieconsent/dist' },
  tarteaucitron: { directory: 'tarteaucitronjs' },
  stub: { directory: '@iabtechlabtcf/stub/lib' },
  'tcf.js': await bundleBanner('tcf'),
  'gpp.js': await bundleBanner('gpp'),
}));

const run = (code: string) => async (page: Page) => {
  await page.evaluate(code);
};
const script = async (page: Page, path: string) => void (await page.addScriptTag({ url: `/platform/${path}` }));

const cookieconsent: ConsentFixture = {
  adapter: 'cookieconsent',
  async load(page) {
    await script(page, 'cookieconsent/cookieconsent.umd.js');
    await page.evaluate(`CookieConsent.run({
      categories: { necessary: { enabled: true, readOnly: true }, analytics: {}, marketing: {}, personalization: {} },
      language: { default: 'en', translations: { en: {
        consentModal: { title: 'Cookies', acceptAllBtn: 'Yes', acceptNecessaryBtn: 'No' },
        preferencesModal: { sections: [] },
      } } },
    })`);
  },
  accept: run(`CookieConsent.acceptCategory('all')`),
  refuse: run('CookieConsent.acceptCategory([])'),
  halfBuilt: 'window.CookieConsent = {}',
};

const klaro: ConsentFixture = {
  adapter: 'klaro',
  async load(page) {
    await page.evaluate(() => {
      const services = ['filrouge', 'filrougepersonalization', 'filrougeads'].map((name) => ({
        name,
        purposes: ['x'],
      }));
      Object.assign(window, { klaroConfig: { version: 1, services, translations: { en: { purposes: { x: 'X' } } } } });
    });
    await script(page, 'klaro/klaro.js');
    await page.waitForFunction('document.getElementById("klaro")');
  },
  accept: run(
    `{ const manager = klaro.getManager(); manager.changeAll(true); manager.saveAndApplyConsents('accept') }`,
  ),
  refuse: run(
    `{ const manager = klaro.getManager(); manager.changeAll(false); manager.saveAndApplyConsents('decline') }`,
  ),
  forget: run('klaro.getManager().resetConsents()'),
  halfBuilt: 'window.klaro = {}',
};

const tarteaucitron: ConsentFixture = {
  adapter: 'tarteaucitron',
  async load(page) {
    await script(page, 'tarteaucitron/tarteaucitron.js');
    await page.evaluate(`{
      addEventListener('tac.root_available', () => {
        for (const key of ['filrouge', 'filrougepersonalization', 'filrougeads']) {
          const service = { key, type: 'analytic', name: key, uri: '', needConsent: true, cookies: [], js() {} };
          tarteaucitron.services[key] = service;
          (tarteaucitron.job ||= []).push(key);
        }
      });
      tarteaucitron.init({ privacyUrl: '', useExternalCss: true, highPrivacy: true });
    }`);
    await page.waitForFunction('document.getElementById("filrougeadsLine")');
  },
  accept: run('tarteaucitron.userInterface.respondAll(true)'),
  refuse: run('tarteaucitron.userInterface.respondAll(false)'),
  halfBuilt: 'window.tarteaucitron = {}',
};

const tcf: ConsentFixture = {
  adapter: 'tcf',
  unknownArgs: [{ analytics: [1, 24] }],
  load: (page) => script(page, 'tcf.js'),
  accept: run('banner.accept()'),
  refuse: run('banner.refuse()'),
  halfBuilt: 'window.__tcfapi = {}',
};

const gpp: ConsentFixture = {
  adapter: 'gpp',
  unknownArgs: [{ analytics: [1, 30] }],
  load: (page) => script(page, 'gpp.js'),
  accept: run('banner.accept()'),
  refuse: run('banner.refuse()'),
  halfBuilt: 'window.__gpp = {}',
};

testConsentSource('vanilla-cookieconsent 3 (real)', cookieconsent, open);
testConsentSource('Klaro 0.7 (real)', klaro, open);
testConsentSource('tarteaucitron 1.34 (real)', tarteaucitron, open);
testConsentSource('IAB TCF (real @iabtechlabtcf/cmpapi)', tcf, open);
testConsentSource(
  'IAB TCF behind the real stub',
  {
    ...tcf,
    async load(page) {
      await script(page, 'stub/stub.js');
      await script(page, 'tcf.js');
    },
  },
  open,
);
testConsentSource('IAB GPP (real @iabgpp/cmpapi)', gpp, open);
