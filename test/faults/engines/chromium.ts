import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { CHROMIUM_FLAGS, findChromium } from '../../browsers.js';
import { blockRequests } from './block.js';
import type { Engine, Session, Tab } from './contract.js';
import { discardTab } from './discard.js';
import { killTree, stopTree } from './processes.js';

/** Chromium over the DevTools protocol. */
export const chromium: Engine = {
  name: 'chromium',
  keepsProfile: true,
  async start(profile, options = {}) {
    const { isPrivate, trustsAnyCertificate = false, takesExtensions = false, hasBlocker = false, timeZone } = options;
    if (options.blocksThirdParties) refuseThirdParties(profile);
    const browser = await puppeteer.launch({
      executablePath: findChromium(),
      headless: true,
      userDataDir: profile,
      args: [...CHROMIUM_FLAGS, '--disable-popup-blocking', ...(isPrivate ? ['--incognito'] : [])],
      acceptInsecureCerts: trustsAnyCertificate,
      protocolTimeout: 60_000,
      ...(timeZone && { env: { ...process.env, TZ: timeZone } }),
      ...(takesExtensions && { pipe: true, enableExtensions: true }),
    });
    return session(browser, `${profile}-extension`, hasBlocker);
  },
};

async function session(browser: Browser, extension: string, hasBlocker: boolean): Promise<Session> {
  return {
    version: await browser.version(),
    async open(url) {
      const page = await browser.newPage();
      if (hasBlocker) await blockRequests(page);
      await page.goto(url);
      return tab(browser, page, extension);
    },
    async kill() {
      await killTree(browser.process()?.pid);
    },
    sleep: (ms) => stopTree(browser.process()?.pid, ms),
    close: () => browser.close(),
  };
}

/** As the visitor can in the settings, under "Third-party cookies"; it is about all that they store. */
function refuseThirdParties(profile: string): void {
  mkdirSync(join(profile, 'Default'), { recursive: true });
  const preferences = { profile: { cookie_controls_mode: 1, block_third_party_cookies: true } };
  writeFileSync(join(profile, 'Default', 'Preferences'), JSON.stringify(preferences));
}

function tab(browser: Browser, page: Page, extension: string): Tab {
  return {
    go: async (url) => void (await page.goto(url)),
    run: (expression) => page.evaluate(expression),
    click: (selector) => page.click(selector),
    close: () => page.close(),
    offline: (on) => page.setOfflineMode(on),
    async freeze() {
      const devtools = await page.createCDPSession();
      await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
    },
    timeZone: (name) => page.emulateTimezone(name),
    discard: () => discardTab(browser, page, extension),
    async quota(quotaSize) {
      const devtools = await page.createCDPSession();
      await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(page.url()).origin, quotaSize });
    },
    async crash() {
      const gone = new Promise((resolve) => page.once('error', resolve));
      page.goto('chrome://crash').catch(() => {});
      await gone;
      // The crashed tab stays open as an empty shell.
      await browser.newPage();
    },
  };
}
