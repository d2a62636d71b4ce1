import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toNodeHandler } from '../../src/server/node.js';
import { until } from '../browser/wait.js';
import { launchChromium } from '../browsers.js';
import { answerOf, type TestReceiver } from '../receiver/start.js';
import { startDoors } from './door.js';

let browser: Browser;
let door: TestReceiver;
let server: Server;
let origin: string;
const asked: { path: string; purpose: string | undefined }[] = [];
beforeAll(async () => {
  browser = await launchChromium();
  door = await startDoors();
  const doors = toNodeHandler((request) => door.receiver.fetch(request));
  const listener: RequestListener = (request, response) => {
    const path = request.url ?? '/';
    const purpose = request.headers['sec-purpose'];
    asked.push({ path, purpose: typeof purpose === 'string' ? purpose : undefined });
    if (path.startsWith('/r/')) return doors(request, response);
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(path === '/letter' ? letter : '<h1>landed</h1>');
  };
  server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await door.close();
});

let letter = '';

test('a link that Chromium fetched in advance is marked, and the click that follows is counted as a person’s', async () => {
  const made = await answerOf(
    await door.request('/v1/links', {
      method: 'POST',
      headers: { authorization: 'Bearer ak' },
      body: JSON.stringify({ url: `${origin}/winter`, campaign: { source: 'letter' } }),
    }),
  );
  const path = new URL(String(made.link)).pathname;
  const rules = JSON.stringify({ prefetch: [{ source: 'list', urls: [path], eagerness: 'immediate' }] });
  letter = `<!doctype html><script type="speculationrules">${rules}</script><a href="${path}">winter</a>`;
  const page = await browser.newPage();
  await page.goto(`${origin}/letter`);
  await until('a prefetch', () => asked.some((one) => one.path === path && /prefetch/.test(one.purpose ?? '')));
  const clicks = async () => (await door.events()).filter(({ event }) => event === 'Link Clicked');
  await until('its event', async () => (await clicks()).length === 1);
  expect((await clicks())[0]).toMatchObject({ properties: { automated: true, automation: 'prefetch' } });

  await page.click('a');
  await page.waitForURL(`${origin}/winter?utm_source=letter`);
  const [, click, ...more] = await clicks();
  expect(click?.properties).not.toHaveProperty('automated');
  expect(more).toEqual([]);
});
