import type { Browser, Page } from 'playwright-core';

/** What a site has left on a device. */
export interface Traces {
  cookies: string[];
  local: string[];
  session: string[];
  databases: string[];
}

/** Somebody with a browser of their own, and a record of what it sent to the receiver. */
export interface Visitor {
  page: Page;
  /** Requests to the receiver other than for a script, as `METHOD path`. */
  sent: string[];
  /** Complaints of the browser: errors, and what a content security policy or Trusted Types refused. */
  complaints: string[];
  /** Answers the real banner, which must be on the page. */
  answer(choice: 'accept' | 'refuse'): Promise<void>;
  /** Leaves the shop, so that the tag does all it does when a page ends, and looks what is on the device then. */
  traces(): Promise<Traces>;
  close(): Promise<void>;
}

/** Opens a browser profile; its user agent is that of a visible Chromium, so that it does not count as automated. */
export async function openVisitor(browser: Browser, shopUrl: string, receiverUrl: string): Promise<Visitor> {
  const userAgent = await plainUserAgent(browser);
  const context = await browser.newContext({ userAgent, viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const sent: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (origin === receiverUrl && request.resourceType() !== 'script') sent.push(`${request.method()} ${pathname}`);
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} ${message.location().url}`);
  });
  return {
    page,
    sent,
    complaints,
    async answer(choice) {
      const role = choice === 'accept' ? 'all' : 'necessary';
      await page.locator(`#cc-main .cm [data-role="${role}"]`).click();
    },
    async traces() {
      // A picture of the same origin: a page without the tag, from which the origin's storage can be seen.
      await page.goto(new URL('/assets/icon.svg', shopUrl).href);
      const stored = await page.evaluate(async () => ({
        local: Object.keys(localStorage),
        session: Object.keys(sessionStorage),
        databases: (await indexedDB.databases()).map(({ name }) => name ?? ''),
      }));
      const cookies = (await context.cookies()).map(({ name }) => name);
      return { cookies, ...stored };
    },
    close: () => context.close(),
  };
}

async function plainUserAgent(browser: Browser): Promise<string> {
  const page = await browser.newPage();
  const agent = await page.evaluate(() => navigator.userAgent);
  await page.close();
  return agent.replace('HeadlessChrome', 'Chrome');
}
