import { existsSync } from 'node:fs';
import puppeteer, { type BrowserContext } from 'puppeteer-core';
import { installPackages } from '../../browsers.js';
import { blockRequests } from './block.js';
import type { Engine, Session } from './contract.js';
import { discardTab } from './discard.js';
import { crashProcesses, findDescendants, killTree, stopTree } from './processes.js';

const PATHS = [process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** Firefox over WebDriver BiDi. */
export const firefox: Engine = {
  name: 'firefox',
  keepsProfile: true,
  async start(profile, options = {}) {
    const {
      isPrivate = false,
      trustsAnyCertificate = false,
      blocksThirdParties,
      quotaBytes,
      hasBlocker = false,
      timeZone,
    } = options;
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: findFirefox(),
      headless: true,
      userDataDir: profile,
      extraPrefsFirefox: {
        'dom.disable_open_during_load': false,
        'browser.tabs.closeWindowWithLastTab': false,
        'browser.privatebrowsing.autostart': isPrivate,
        // The choice "All cross-site cookies" of its settings; it is about all that they store.
        ...(blocksThirdParties && { 'network.cookie.cookieBehavior': 1 }),
        ...(quotaBytes && { 'dom.quotaManager.temporaryStorage.fixedLimit': quotaBytes >> 10 }),
        ...options.firefoxPreferences,
      },
      ...(timeZone && { env: { ...process.env, TZ: timeZone } }),
      acceptInsecureCerts: trustsAnyCertificate,
      protocolTimeout: 60_000,
    });
    const version = (await browser.version()).replace('/', ' ');
    const sessionOf = (context: BrowserContext, close: () => Promise<void>): Session => ({
      version,
      open: (url) => openTab(context, url, `${profile}-extension`, hasBlocker),
      kill: () => killTree(browser.process()?.pid),
      sleep: (ms) => stopTree(browser.process()?.pid, ms),
      close,
    });
    return {
      ...sessionOf(browser.defaultBrowserContext(), () => browser.close()),
      async visitor() {
        // A container, as its users know them: on disk like everything else.
        const container = await browser.createBrowserContext();
        return sessionOf(container, () => container.close());
      },
    };
  },
};

async function openTab(context: BrowserContext, url: string, extension: string, hasBlocker: boolean) {
  const browser = context.browser();
  const page = await context.newPage();
  if (hasBlocker) await blockRequests(page);
  await page.goto(url);
  return {
    go: async (next: string) => void (await page.goto(next)),
    run: (expression: string) => page.evaluate(expression),
    click: (selector: string) => page.click(selector),
    close: () => page.close(),
    timeZone: (name: string) => page.emulateTimezone(name),
    // Every tab of the site: which of the processes has it, the browser does not say.
    crash: () => crashProcesses(findDescendants(browser.process()?.pid, /-contentproc .* tab$/)),
    discard: () => discardTab(browser, page, extension),
  };
}

function findFirefox(): string {
  const find = () => PATHS.find((path) => path && existsSync(path));
  const path = find() ?? (installPackages('firefox-esr') ? find() : undefined);
  if (!path) throw new Error('No Firefox found. Install it (Debian: apt-get install firefox-esr) or set FIREFOX_PATH.');
  return path;
}
