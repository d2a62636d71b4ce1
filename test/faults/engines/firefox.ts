import { existsSync } from 'node:fs';
import puppeteer, { type Browser } from 'puppeteer-core';
import { installPackages } from '../../browsers.js';
import type { Engine } from './contract.js';
import { discardTab } from './discard.js';
import { crashProcesses, findDescendants, killTree } from './processes.js';

const PATHS = [process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** Firefox over WebDriver BiDi. */
export const firefox: Engine = {
  name: 'firefox',
  keepsProfile: true,
  async start(profile, { isPrivate = false, trustsAnyCertificate = false, firefoxPreferences } = {}) {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: findFirefox(),
      headless: true,
      userDataDir: profile,
      extraPrefsFirefox: {
        'dom.disable_open_during_load': false,
        'browser.tabs.closeWindowWithLastTab': false,
        'browser.privatebrowsing.autostart': isPrivate,
        ...firefoxPreferences,
      },
      acceptInsecureCerts: trustsAnyCertificate,
      protocolTimeout: 60_000,
    });
    return {
      version: (await browser.version()).replace('/', ' '),
      open: (url) => openTab(browser, url, `${profile}-extension`),
      kill: () => killTree(browser.process()?.pid),
      close: () => browser.close(),
    };
  },
};

async function openTab(browser: Browser, url: string, extension: string) {
  const page = await browser.newPage();
  await page.goto(url);
  return {
    go: async (next: string) => void (await page.goto(next)),
    run: (expression: string) => page.evaluate(expression),
    click: (selector: string) => page.click(selector),
    close: () => page.close(),
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
