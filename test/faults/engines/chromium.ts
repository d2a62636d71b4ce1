import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { CHROMIUM_FLAGS, findChromium } from '../../browsers.js';
import type { Engine, Session, Tab } from './contract.js';
import { discardTab } from './discard.js';
import { killTree } from './processes.js';

/** Chromium over the DevTools protocol. */
export const chromium: Engine = {
  name: 'chromium',
  keepsProfile: true,
  async start(profile, { isPrivate, trustsAnyCertificate = false, takesExtensions = false } = {}) {
    const browser = await puppeteer.launch({
      executablePath: findChromium(),
      headless: true,
      userDataDir: profile,
      args: [...CHROMIUM_FLAGS, '--disable-popup-blocking', ...(isPrivate ? ['--incognito'] : [])],
      acceptInsecureCerts: trustsAnyCertificate,
      protocolTimeout: 60_000,
      ...(takesExtensions && { pipe: true, enableExtensions: true }),
    });
    return session(browser, `${profile}-extension`);
  },
};

async function session(browser: Browser, extension: string): Promise<Session> {
  return {
    version: await browser.version(),
    async open(url) {
      const page = await browser.newPage();
      await page.goto(url);
      return tab(browser, page, extension);
    },
    async kill() {
      await killTree(browser.process()?.pid);
    },
    close: () => browser.close(),
  };
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
