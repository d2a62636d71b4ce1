import { describe, expect, it } from 'vitest';
import { consentOf, expectState, settle, start } from '../contract/consent.js';
import { fakeComplianz } from './fakes/complianz.js';
import { fakeGtag } from './fakes/gtag.js';
import { fakeOnetrust } from './fakes/onetrust.js';
import { fakeOsano } from './fakes/osano.js';
import { fakeUsercentricsV3 } from './fakes/usercentrics.js';
import { useStage } from './stage.js';

const open = useStage(() => ({}));

const ALL = ['analytics', 'attribution', 'personalization', 'advertising'];
const all = (state: string) => Object.fromEntries(ALL.map((purpose) => [purpose, state]));

describe('Google Consent Mode', () => {
  const commands = (code: string) => `window.dataLayer = [];
    function gtag() { dataLayer.push(arguments) }
    ${code}`;

  it('ignores arrays and what is no command, and hears types one by one before it denies', async () => {
    const page = await open();
    await page.evaluate(
      commands(`
      dataLayer.push(['consent', 'update', { analytics_storage: 'granted' }], null, { event: 'x' });
      gtag('event', 'consent');`),
    );
    await start(page, 'google');
    await settle(page);
    expect(await consentOf(page)).toEqual({});
    await page.evaluate(`dataLayer.push.length;
      gtag('consent', 'update', { ad_storage: 'granted' });
      gtag('consent', 'update', { ad_user_data: 'granted', ad_personalization: 'denied' });`);
    await expectState(page, 'denied', 'advertising');
    expect(await consentOf(page)).toMatchObject({ analytics: 'pending', attribution: 'granted' });
    expect(await page.evaluate('consentReports.length')).toBe(1);
  });

  it.each([
    ['US-CA', 'pending'],
    ['US-NY', 'granted'],
    ['FR', 'pending'],
    ['', 'pending'],
  ])('takes a default for a choice only if told to, and the closest region first: %s', async (region, state) => {
    const page = await open();
    await page.evaluate(
      commands(`
      gtag('consent', 'default', { analytics_storage: 'denied', region: ['US-CA'] });
      gtag('consent', 'default', { analytics_storage: 'granted', region: ['US'] });
      gtag('consent', 'default', { analytics_storage: 'denied', wait_for_update: 500 });`),
    );
    await start(page, 'google', [undefined, { implied: true, region }]);
    expect((await consentOf(page)).analytics).toBe(state);
    await page.evaluate(`gtag('consent', 'update', { analytics_storage: 'denied' })`);
    await expectState(page, 'denied');
  });

  it('leaves the data layer as it found it, also when another wrapped it', async () => {
    const page = await open();
    await page.evaluate(`(${fakeGtag})()`);
    await start(page, 'google');
    await page.evaluate('stopConsent()');
    expect(await page.evaluate('dataLayer.push === Array.prototype.push')).toBe(true);
  });

  it('writes what is decided as a command', async () => {
    const page = await open();
    const path = '/dist/consent/google.js';
    const written = await page.evaluate(`import('${path}').then(({ writeConsentMode }) => {
      writeConsentMode({ analytics: 'pending' });
      writeConsentMode({ analytics: 'granted', advertising: 'denied', attribution: 'granted' });
      return dataLayer.map((item) => [Object.prototype.toString.call(item), ...item]);
    })`);
    expect(written).toEqual([
      [
        '[object Arguments]',
        'consent',
        'update',
        { analytics_storage: 'granted', ad_storage: 'denied', ad_user_data: 'denied', ad_personalization: 'denied' },
      ],
    ]);
  });
});

describe('Global Privacy Control', () => {
  const signal = (name: string, value: unknown) =>
    `Object.defineProperty(navigator, '${name}', { value: ${JSON.stringify(value)}, configurable: true })`;

  it('says nothing without a signal, and denies ads and campaigns with it, also when it comes later', async () => {
    const page = await open();
    await page.evaluate(signal('globalPrivacyControl', false));
    await start(page, 'gpc');
    expect(await consentOf(page)).toEqual({});
    await page.evaluate(
      `${signal('globalPrivacyControl', true)}; document.dispatchEvent(new Event('visibilitychange'))`,
    );
    await expectState(page, 'denied', 'advertising');
    expect(await consentOf(page)).toEqual({ attribution: 'denied', advertising: 'denied' });
  });

  it('honours Do Not Track by option, for the purposes named', async () => {
    const page = await open();
    await page.evaluate(signal('doNotTrack', '1'));
    await start(page, 'gpc');
    expect(await consentOf(page)).toEqual({});
    await start(page, 'gpc', [{ dnt: true, deny: ['analytics'] }]);
    expect(await consentOf(page)).toEqual({ analytics: 'denied' });
  });
});

describe('what single platforms do', () => {
  it('CookieConsent: needs all categories of a list, and takes no choice of another revision or without its time', async () => {
    const page = await open();
    const store = (over: object) => {
      const stored = {
        categories: ['analytics', 'ads'],
        revision: 1,
        consentTimestamp: '2026-11-20T10:00:00.000Z',
        ...over,
      };
      return page.evaluate(
        (text) => void (document.cookie = `cc_cookie=${text}`),
        encodeURIComponent(JSON.stringify(stored)),
      );
    };
    const read = async (...args: unknown[]) => {
      await page.evaluate(() => void (window.consentReports = []));
      await start(page, 'cookieconsent', args);
      return consentOf(page);
    };
    await store({});
    const map = { analytics: ['analytics'], attribution: ['analytics', 'ads'], advertising: ['ads', 'social'] };
    const consent = { analytics: 'granted', attribution: 'granted', advertising: 'denied' };
    expect(await read(map)).toEqual(consent);
    expect(await read(map, { revision: 1 })).toEqual(consent);
    expect(await read(map, { revision: 2 })).toEqual({});
    await store({ consentTimestamp: undefined });
    expect(await read(map)).toEqual({});
  });

  it('OneTrust: takes active groups without a choice only if told to; ids of any case', async () => {
    const page = await open();
    await page.evaluate(`(${fakeOnetrust})(); OnetrustActiveGroups = ',C0001,C0002,'`);
    await start(page, 'onetrust', [{ analytics: 'c0002', advertising: 'C0004' }, { implied: true }]);
    expect(await consentOf(page)).toEqual({ analytics: 'granted', advertising: 'pending' });
  });

  it('Osano: ticking is no choice, an opt-out of sale denies marketing', async () => {
    const page = await open();
    await page.evaluate(`(${fakeOsano})()`);
    await start(page, 'osano');
    await page.evaluate('Osano.cm.toggle()');
    await settle(page);
    expect(await consentOf(page)).toEqual(all('pending'));
    await page.evaluate(`Osano.cm.save('ACCEPT', 'ACCEPT')`);
    await expectState(page, 'denied', 'advertising');
    expect(await consentOf(page)).toMatchObject({ analytics: 'granted', attribution: 'denied' });
  });

  it('Complianz: an open banner takes nothing back, a choice under an older policy is none', async () => {
    const page = await open();
    await page.evaluate(`(${fakeComplianz})()`);
    await start(page, 'complianz');
    await page.evaluate('cmplz_accept_all()');
    await expectState(page, 'granted');
    await page.evaluate(`cmplz_set_banner_status('show')`);
    await settle(page);
    expect(await consentOf(page)).toEqual(all('granted'));
    await page.evaluate(`complianz.current_policy_id = '8'; cmplz_set_banner_status('dismissed')`);
    await expectState(page, 'pending');
  });

  it('Usercentrics: an answer that was overtaken is not believed', async () => {
    const page = await open();
    await page.evaluate(`(${fakeUsercentricsV3})()`);
    await start(page, 'usercentrics');
    // The refusal is answered later than the consent after it.
    await page.evaluate('__ucCmp.denyAllConsents(), __ucCmp.acceptAllConsents()');
    await expectState(page, 'granted');
    // The stand-in answers the refusal after 5 ms.
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 20))');
    expect(await consentOf(page)).toEqual(all('granted'));
  });
});
