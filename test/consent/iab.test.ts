import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { until } from '../browser/wait.js';
import { consentOf, expectState, settle, start } from '../contract/consent.js';
import { bundleBanner } from './banners/bundle.js';
import { useStage } from './stage.js';

const open = useStage(async () => ({ 'tcf.js': await bundleBanner('tcf'), 'gpp.js': await bundleBanner('gpp') }));
const load = async (page: Page, banner: 'tcf' | 'gpp') =>
  void (await page.addScriptTag({ url: `/platform/${banner}.js` }));
const states = async (page: Page) => new Set(Object.values(await consentOf(page)));

describe('TCF', () => {
  it('is granted where the GDPR does not apply, or as the site says', async () => {
    const page = await open();
    await page.evaluate('window.isUndecidedHere = true');
    await load(page, 'tcf');
    await start(page, 'tcf');
    await page.evaluate('banner.outside()');
    await expectState(page, 'granted');
    await page.evaluate('stopConsent(), consentReports = []');
    await start(page, 'tcf', [undefined, { outside: 'pending' }]);
    expect(await states(page)).toEqual(new Set(['pending']));
  });

  it('needs every purpose of the map; reads the consents given to the publisher if told to', async () => {
    const page = await open();
    await load(page, 'tcf');
    await page.evaluate('banner.save([1, 8], [1, 7])');
    await start(page, 'tcf');
    expect(await consentOf(page)).toEqual({
      analytics: 'granted',
      attribution: 'denied',
      personalization: 'denied',
      advertising: 'denied',
    });
    await start(page, 'tcf', [undefined, { consents: 'publisher' }]);
    expect(await consentOf(page)).toMatchObject({ analytics: 'denied', attribution: 'granted' });
  });

  it('lets the last choice stand while the banner is open again', async () => {
    const page = await open();
    await load(page, 'tcf');
    await start(page, 'tcf');
    await page.evaluate('banner.accept()');
    await expectState(page, 'granted');
    await page.evaluate('banner.show()');
    await settle(page);
    expect(await states(page)).toEqual(new Set(['granted']));
  });

  it('speaks from inside a frame with the platform of the page around it', async () => {
    const page = await open();
    // The message handler of the specification. That of @iabtechlabtcf/stub forgets who asked before a later answer comes.
    await page.evaluate(() => {
      const locator = Object.assign(document.createElement('iframe'), { name: '__tcfapiLocator', hidden: true });
      document.body.append(locator);
      addEventListener('message', ({ data, source }) => {
        const { command, version, parameter, callId } = data.__tcfapiCall;
        const answer = (returnValue: unknown, success: unknown) =>
          source?.postMessage({ __tcfapiReturn: { returnValue, success, callId } }, { targetOrigin: '*' });
        Reflect.get(window, '__tcfapi')(command, version, answer, parameter);
      });
    });
    await load(page, 'tcf');
    await page.evaluate(`new Promise((resolve) => {
      const frame = document.createElement('iframe');
      // Another origin: nothing but messages goes through.
      frame.src = location.href.replace('visitor', 'frame');
      frame.onload = resolve;
      document.body.append(frame);
    })`);
    const frame = page.frames().find((one) => one.url().includes('://frame'));
    const consent = () => frame?.evaluate(() => Object.assign({}, ...window.consentReports).analytics);
    await frame?.evaluate(`startConsent('tcf', [])`);
    await settle(page);
    expect(await consent()).toBeUndefined();
    await page.evaluate('banner.accept()');
    await until('the frame to hear the consent', async () => (await consent()) === 'granted', 5_000);
    await page.evaluate('banner.refuse()');
    await until('the frame to hear the refusal', async () => (await consent()) === 'denied', 5_000);
    await frame?.evaluate('stopConsent(), consentReports = []');
    await page.evaluate('banner.accept()');
    await settle(page);
    expect(await consent()).toBeUndefined();
  });
});

describe('GPP', () => {
  const OUT = { attribution: 'denied', advertising: 'denied' };
  it.each([
    ['no opt-out', 'usnat', { SaleOptOut: 2, SharingOptOut: 2, TargetedAdvertisingOptOut: 2 }, 7, {}],
    ['sale', 'usnat', { SaleOptOut: 1, SharingOptOut: 2, TargetedAdvertisingOptOut: 2 }, 7, OUT],
    ['sharing', 'usca', { SaleOptOut: 2, SharingOptOut: 1 }, 8, OUT],
    ['targeted ads', 'usva', { SaleOptOut: 2, TargetedAdvertisingOptOut: 1 }, 9, OUT],
    ['a notice is no opt-out', 'usnat', { SaleOptOutNotice: 1, SaleOptOut: 0 }, 7, {}],
    ['GPC', 'usnat', { SaleOptOut: 2, GpcSegmentIncluded: true, Gpc: true }, 7, OUT],
    ['the old string', 'uspv1', { Notice: 'Y', OptOutSale: 'Y', LspaCovered: 'N' }, 6, OUT],
    ['no law in force', 'usnat', { SaleOptOut: 1 }, -1, {}],
    ['not in force', 'usnat', { SaleOptOut: 1 }, 2, undefined],
  ])('USA: %s', async (_, section, fields, id, denied) => {
    const page = await open();
    await load(page, 'gpp');
    await start(page, 'gpp');
    await page.evaluate(([name, values, ids]) => Reflect.get(window, 'banner').set({ [name]: values }, ids), [
      section,
      fields,
      [id],
    ] as const);
    await settle(page);
    const granted = {
      analytics: 'granted',
      attribution: 'granted',
      personalization: 'granted',
      advertising: 'granted',
    };
    expect(await consentOf(page)).toEqual(denied ? { ...granted, ...denied } : {});
  });

  it('of several laws in force the strictest counts; Canada knows implied consent; the mapping is the site’s', async () => {
    const page = await open();
    await load(page, 'gpp');
    await start(page, 'gpp', [{ analytics: [1, 8], advertising: [1, 2] }, { optOut: ['analytics'] }]);
    const flags = (...on: number[]) => Array.from({ length: 24 }, (_, at) => on.includes(at + 1));
    const canada = { PurposesExpressConsent: flags(1), PurposesImpliedConsent: flags(2, 8) };
    await page.evaluate((tcfcav1) => Reflect.get(window, 'banner').set({ tcfcav1 }, [5]), canada);
    await expectState(page, 'granted');
    expect(await consentOf(page)).toEqual({ analytics: 'granted', advertising: 'granted' });
    await page.evaluate(`banner.set({ usnat: { SaleOptOut: 1 } }, [5, 7])`);
    await expectState(page, 'denied');
    expect(await consentOf(page)).toEqual({ analytics: 'denied', advertising: 'granted' });
  });
});
