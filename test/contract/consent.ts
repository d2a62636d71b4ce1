import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Consent } from '../../src/protocol/index.js';
import { until } from '../browser/wait.js';

/** How a test drives one consent platform in a real browser. */
export interface ConsentFixture {
  /** The adapter's file and export. */
  adapter: string;
  /** Arguments of the adapter. By default none: the default map is what is tested. */
  args?: unknown[];
  /** Arguments that map `analytics` to a category which the platform does not have. */
  unknownArgs?: unknown[];
  /** What becomes of it once the rest is decided: denied, unless the platform cannot tell unknown from not yet asked. */
  unknownState?: 'denied' | 'pending';
  /** The platform's script arrives and runs; resolves when a banner could be answered, or a stored choice has been read. */
  load(page: Page): Promise<void>;
  /** The visitor accepts or refuses everything; the platform stores it. */
  accept(page: Page): Promise<void>;
  refuse(page: Page): Promise<void>;
  /** Back to undecided, where the platform can do that without a new page. */
  forget?(page: Page): Promise<void>;
  /** A script that leaves the platform half there: a stub, a global without methods. */
  halfBuilt: string;
}

declare global {
  interface Window {
    consentReports: Partial<Consent>[];
    startConsent(adapter: string, args: unknown[]): Promise<void>;
    stopConsent(): void;
  }
}

/** Runs in the page before its own scripts. As text, because the test runner rewrites `import()` in functions. */
export const CONSENT_HARNESS = `
  window.consentReports = [];
  window.startConsent = async (adapter, args) => {
    const module = await import('/dist/consent/' + adapter + '.js');
    window.stopConsent = module[adapter](...args).watch((consent) => window.consentReports.push(consent));
  };`;

/** What the reports since the start add up to, as in the tracker. */
export const consentOf = (page: Page): Promise<Partial<Consent>> =>
  page.evaluate(() => Object.assign({}, ...window.consentReports));

/** Starts the adapter in the page. */
export const start = (page: Page, adapter: string, args: unknown[] = []): Promise<void> =>
  page.evaluate(([name, values]) => window.startConsent(name, values), [adapter, args] as const);

/** Waits until the purpose has the state. */
export const expectState = (page: Page, state: string | undefined, purpose: keyof Consent = 'analytics') =>
  until(`${purpose} to be ${state}`, async () => (await consentOf(page))[purpose] === state);

/** Lets everything that is due in the page happen. */
export const settle = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve));
  });

/** The whole contract of a consent source; every adapter must pass it. `open` gives a fresh visitor on a plain page. */
export function testConsentSource(name: string, fixture: ConsentFixture, open: () => Promise<Page>): void {
  const { adapter, args, load, accept, refuse, forget } = fixture;
  const begin = (page: Page) => start(page, adapter, args);

  /** A choice of an earlier page view. */
  const openDecided = async (decide: (page: Page) => Promise<void>) => {
    const page = await open();
    await load(page);
    await decide(page);
    await settle(page);
    await page.reload();
    return page;
  };
  const expectUndecided = async (page: Page) => {
    await settle(page);
    const states = Object.values(await consentOf(page)).filter((state) => state !== 'pending');
    expect(states).toEqual([]);
  };
  const stateOfAll = async (page: Page) => new Set(Object.values(await consentOf(page)));

  describe(name, () => {
    it('never takes undecided for refused', async () => {
      const page = await open();
      await load(page);
      await begin(page);
      await expectUndecided(page);
    });

    it.each([
      ['granted', accept],
      ['denied', refuse],
    ] as const)('knows a choice made before: %s', async (state, decide) => {
      const page = await openDecided(decide);
      await load(page);
      await begin(page);
      await expectState(page, state);
      expect(await stateOfAll(page)).toEqual(new Set([state]));
    });

    it('knows a choice made before when the platform comes after us', async () => {
      const page = await openDecided(accept);
      await begin(page);
      await load(page);
      await expectState(page, 'granted');
    });

    it('hears the choice, and each change of it', async () => {
      const page = await open();
      await load(page);
      await begin(page);
      await accept(page);
      await expectState(page, 'granted');
      expect(await stateOfAll(page)).toEqual(new Set(['granted']));
      await refuse(page);
      await expectState(page, 'denied');
      expect(await stateOfAll(page)).toEqual(new Set(['denied']));
      await accept(page);
      await expectState(page, 'granted');
    });

    it('hears a platform that comes late', async () => {
      const page = await open();
      await begin(page);
      await expectUndecided(page);
      await load(page);
      await expectUndecided(page);
      await refuse(page);
      await expectState(page, 'denied');
    });

    it.runIf(forget)('falls back to undecided when the choice is taken back', async () => {
      const page = await open();
      await load(page);
      await begin(page);
      await accept(page);
      await expectState(page, 'granted');
      await forget?.(page);
      await expectState(page, 'pending');
      await expectUndecided(page);
    });

    it('stays undecided where the platform is absent or blocked', async () => {
      const page = await open();
      await begin(page);
      await page.evaluate(
        () =>
          new Promise((resolve) => {
            const script = document.createElement('script');
            script.src = '/platform/blocked.js';
            script.onerror = resolve;
            document.head.append(script);
          }),
      );
      await page.mouse.click(5, 5);
      await expectUndecided(page);
      await page.evaluate(() => window.stopConsent());
    });

    it('bears a platform that is half there, and finds it when it is whole', async () => {
      const page = await open();
      await page.addScriptTag({ content: fixture.halfBuilt });
      await begin(page);
      await expectUndecided(page);
      await load(page);
      await accept(page);
      await expectState(page, 'granted');
    });

    it('never grants a category that the platform does not have, and denies it once the visitor has decided', async () => {
      const page = await open();
      await load(page);
      await start(page, adapter, fixture.unknownArgs ?? [{ analytics: 'nosuchcategory' }]);
      await expectUndecided(page);
      await accept(page);
      await expectState(page, fixture.unknownState ?? 'denied');
      expect(await page.evaluate(() => window.consentReports.some((one) => one.analytics === 'granted'))).toBe(false);
    });

    it('says nothing any more after the end', async () => {
      const page = await open();
      await load(page);
      await begin(page);
      await settle(page);
      await page.evaluate(() => {
        window.stopConsent();
        window.consentReports = [];
      });
      await accept(page);
      await settle(page);
      expect(await page.evaluate(() => window.consentReports)).toEqual([]);
    });
  });
}
