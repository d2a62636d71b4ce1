import { chromium, type Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CHROMIUM_FLAGS, findChromium } from '../browsers.js';
import { type FaultyCollector, startCollector } from './collector.js';
import { type Site, startSite } from './site.js';
import { until } from './wait.js';

let collector: FaultyCollector;
let site: Site;
let closing: (() => Promise<void>)[];

beforeEach(async () => {
  collector = await startCollector();
  site = await startSite({
    collectorUrl: collector.url,
    consent: 'granted',
    pages: { '/a': `<script>onpageshow = (e) => (window.back = e.persisted)</script>` },
  });
  closing = [() => collector.close(), () => site.close()];
});
afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

/** A page goes into the back/forward cache and comes back; meanwhile the id's cookie becomes what a subdomain made of it. */
async function comeBack(id: string | undefined): Promise<Page> {
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_FLAGS,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  closing.push(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${site.url}/a`);
  await until('the page view', () => collector.received.length);
  await page.goto(`${site.url}/plain`);
  const [cookie] = (await page.context().cookies()).filter(({ name }) => name === 'fr_id');
  await page.context().clearCookies();
  if (cookie && id) await page.context().addCookies([{ ...cookie, value: id }]);
  await page.evaluate('setTimeout(() => history.back())');
  await page.waitForFunction('window.back');
  await page.evaluate(`filrouge.track('Back')`);
  return page;
}

describe('a return from the back/forward cache', () => {
  it('denies where the cookie is gone, as after a withdrawal on a subdomain, though the record here has the id', async () => {
    const page = await comeBack(undefined);
    expect(await page.evaluate('filrouge.consent().analytics')).toBe('denied');
    expect(await page.evaluate('Object.keys(localStorage)')).toEqual([]);
    // The withdrawal is the last word.
    await until('the withdrawal', () => collector.received.some(({ event }) => event?.startsWith('Segment Consent')));
    expect(collector.received.map(({ event }) => event)).not.toContain('Back');
  });

  it('goes on under the id that a subdomain gave since', async () => {
    await comeBack('01a209f6-9b69-7788-a24a-0a210da25f40');
    const back = await until('the event', () => collector.received.find(({ event }) => event === 'Back'));
    expect(back.anonymousId).toBe('01a209f6-9b69-7788-a24a-0a210da25f40');
  });
});
