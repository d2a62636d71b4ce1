import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { ReportHandler } from '../../src/report/http/answer.js';
import { reportAssets } from '../../src/report/http/assets.js';
import type { PageSettings } from '../../src/report/http/html.js';

/** The report page as it was built, over an API of the test's own. */
export interface PageSite {
  base: string;
  close(): Promise<unknown>;
}

/** Serves it; `api` answers what is under `/v1/`. */
export async function servePage(api: ReportHandler, settings: PageSettings = {}): Promise<PageSite> {
  const files = {
    script: new URL('../../dist/report-page.js', import.meta.url),
    style: new URL('../../dist/report/page/style.css', import.meta.url),
  };
  const assets = reportAssets(files, settings);
  let base = '';
  const server = createServer((incoming, outgoing) => {
    const { authorization = '' } = incoming.headers;
    const request = new Request(new URL(incoming.url ?? '/', base), { headers: { authorization } });
    const answer = incoming.url?.startsWith('/v1/') ? api(request) : assets(request);
    void answer.then(async (response) => {
      outgoing.writeHead(response?.status ?? 404, Object.fromEntries(response?.headers ?? []));
      outgoing.end(Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { base, close: () => new Promise((resolve) => server.close(resolve)) };
}

/**
 * Opens an address in a context of its own. `complaints` collects what the browser complains of: exceptions, violations of
 * the policy, requests to elsewhere; refusals (401, 404) are the test's business. `before` is done with the empty page.
 */
export async function openPage(
  browser: Browser,
  { base }: PageSite,
  path: string,
  options: BrowserContextOptions = {},
  before: (page: Page) => Promise<unknown> = async () => {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC', ...options });
  // Charts are drawn, a diagram is laid out: on a busy machine more than the half minute that is usual.
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/40[14]/.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    if (!/^(data:|blob:)/.test(request.url()) && !request.url().startsWith(base)) complaints.push(request.url());
  });
  await before(page);
  await page.goto(base + path);
  return { page, complaints };
}

/** Waits until what is in sight has its figures. */
export async function loaded(page: Page): Promise<void> {
  await page.waitForSelector('#journeys table');
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
}
