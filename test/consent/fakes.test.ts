import type { Page } from 'playwright-core';
import { type ConsentFixture, testConsentSource } from '../contract/consent.js';
import { fakeAxeptio } from './fakes/axeptio.js';
import { fakeComplianz } from './fakes/complianz.js';
import { fakeCookiebot } from './fakes/cookiebot.js';
import { fakeCookiefirst } from './fakes/cookiefirst.js';
import { fakeDidomi } from './fakes/didomi.js';
import { fakeGtag } from './fakes/gtag.js';
import { fakeOnetrust } from './fakes/onetrust.js';
import { fakeOsano } from './fakes/osano.js';
import { fakeUsercentricsV2, fakeUsercentricsV3 } from './fakes/usercentrics.js';
import { useStage } from './stage.js';

/** Stand-ins: these vendors' scripts cannot be had. Real platforms are in `platforms.test.ts`. */
const FAKES = {
  fakeAxeptio,
  fakeComplianz,
  fakeCookiebot,
  fakeCookiefirst,
  fakeDidomi,
  fakeGtag,
  fakeOnetrust,
  fakeOsano,
  fakeUsercentricsV2,
  fakeUsercentricsV3,
};

const open = useStage(() =>
  Object.fromEntries(Object.entries(FAKES).map(([name, fake]) => [`${name}.js`, `(${fake})()`])),
);

const run = (code: string) => async (page: Page) => {
  await page.evaluate(code);
};

const fixture = (
  fake: keyof typeof FAKES,
  adapter: string,
  [accept, refuse, forget]: [string, string, string?],
  halfBuilt: string,
): ConsentFixture => ({
  adapter,
  load: async (page) => void (await page.addScriptTag({ url: `/platform/${fake}.js` })),
  accept: run(accept),
  refuse: run(refuse),
  ...(forget && { forget: run(forget) }),
  halfBuilt,
});

testConsentSource(
  'OneTrust (fake)',
  fixture('fakeOnetrust', 'onetrust', ['OneTrust.AllowAll()', 'OneTrust.RejectAll()'], 'window.OneTrust = {}'),
  open,
);
testConsentSource(
  'Cookiebot (fake)',
  fixture(
    'fakeCookiebot',
    'cookiebot',
    ['Cookiebot.submitCustomConsent(true)', 'Cookiebot.submitCustomConsent(false)', 'Cookiebot.renew()'],
    'window.Cookiebot = {}',
  ),
  open,
);
testConsentSource(
  'Didomi (fake)',
  fixture(
    'fakeDidomi',
    'didomi',
    ['Didomi.setUserAgreeToAll()', 'Didomi.setUserDisagreeToAll()', 'Didomi.reset()'],
    'window.Didomi = {}; window.didomiOnReady = []',
  ),
  open,
);
testConsentSource(
  'Axeptio (fake)',
  fixture(
    'fakeAxeptio',
    'axeptio',
    ['axeptioSDK.complete(true)', 'axeptioSDK.complete(false)'],
    'window.axeptioSDK = {}; window._axcb = []',
  ),
  open,
);
testConsentSource(
  'Usercentrics v2 (fake)',
  fixture(
    'fakeUsercentricsV2',
    'usercentrics',
    ['UC_UI.acceptAllConsents()', 'UC_UI.denyAllConsents()', 'UC_UI.clearStorage()'],
    'window.UC_UI = {}',
  ),
  open,
);
testConsentSource(
  'Usercentrics v3 (fake)',
  fixture(
    'fakeUsercentricsV3',
    'usercentrics',
    ['__ucCmp.acceptAllConsents()', '__ucCmp.denyAllConsents()', '__ucCmp.clearUserSession()'],
    'window.__ucCmp = { getConsentDetails: () => Promise.reject(new Error("not ready")) }',
  ),
  open,
);
testConsentSource(
  'Osano (fake)',
  fixture(
    'fakeOsano',
    'osano',
    ["Osano.cm.save('ACCEPT')", "Osano.cm.save('DENY')"],
    '!function(w,o,d){w[o]=w[o]||function(){w[o][d].push(arguments)};w[o][d]=w[o][d]||[]}(window,"Osano","data")',
  ),
  open,
);
testConsentSource(
  'Complianz (fake)',
  fixture(
    'fakeComplianz',
    'complianz',
    ['cmplz_accept_all()', 'cmplz_deny_all()', 'cmplz_clear()'],
    'window.complianz = {}',
  ),
  open,
);
testConsentSource(
  'CookieFirst (fake)',
  fixture(
    'fakeCookiefirst',
    'cookiefirst',
    ['CookieFirst.acceptAllCategories()', 'CookieFirst.declineAllCategories()', 'CookieFirst.withdrawConsent()'],
    'window.CookieFirst = {}',
  ),
  open,
);
testConsentSource(
  'Google Consent Mode v2 (its snippet)',
  {
    ...fixture(
      'fakeGtag',
      'google',
      ["decide('granted')", "decide('denied')"],
      'window.dataLayer = [null, {event: "x"}]',
    ),
    // A type that no update has named may still be asked for.
    unknownState: 'pending',
  },
  open,
);
