import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { until } from '../../browser/wait.js';

const FILES = {
  'manifest.json': JSON.stringify({
    manifest_version: 3,
    name: 'discard',
    version: '1',
    permissions: ['tabs'],
    // Chromium takes the one, Firefox the other.
    background: { service_worker: 'discard.js', scripts: ['discard.js'] },
    browser_specific_settings: { gecko: { id: 'discard@filrouge.test' } },
  }),
  'discard.js': `const { tabs } = globalThis.browser ?? chrome;
    let isAsked = false;
    tabs.onUpdated.addListener((id, { title }) => {
      if (isAsked || title !== 'discard') return;
      isAsked = true;
      tabs.create({ active: true }).then(() => tabs.discard(id));
    });`,
};

/**
 * Has the browser throw a tab out of its memory. No driver has a word for that, and of what runs in a browser only extensions
 * may: so one is installed that does it with every tab of that title.
 */
export async function discardTab(browser: Browser, page: Page, directory: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(directory, name), text);
  await browser.installExtension(directory);
  let isGone = false;
  page.once('close', () => {
    isGone = true;
  });
  await until('the discard', async () => {
    // Again and again, because the extension begins to listen some time after it was installed.
    if (!isGone) await page.evaluate(`void (document.title = document.title ? '' : 'discard')`).catch(() => {});
    return isGone;
  });
}
