import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDoors } from '../../src/intake/index.js';
import { fileLog } from '../../src/log/file.js';
import { createReceiver } from '../../src/receiver/index.js';
import { createApp } from '../../src/server/app.js';
import { nodeListener } from '../../src/server/node.js';
import { runCommand } from '../../src/server/program.js';
import type { Person } from '../../src/stores/contract.js';
import { duckdbStore } from '../../src/stores/duckdb.js';
import { type Site, startSite } from '../browser/site.js';
import { until } from '../browser/wait.js';
import { launchChromium } from '../browsers.js';
import { freshDirectory } from '../files.js';
import { PEPPER } from '../receiver/start.js';

const BREVO = 'token of brevo';
const MONDAY = '2026-11-16T09:00:00.000Z';
const WEDNESDAY = '2026-11-18T18:30:00.000Z';
const THURSDAY = '2026-11-19T14:00:00.000Z';
const SATURDAY = '2026-11-21T16:20:00.000Z';
const SUNDAY = '2026-11-22T08:00:00.000Z';
const WEEK = 'from=2026-11-16&to=2026-11-23';

/** A week: the clock of receiver and browser is turned on by the test, everything else is real. */
async function startWeek() {
  const directory = freshDirectory();
  const clock = { now: Date.parse(MONDAY) };
  const log = await fileLog({ directory: join(directory, 'log') });
  const store = await duckdbStore({ file: join(directory, 'store.duckdb'), pepper: PEPPER });
  const origins: string[] = [];
  const server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const site = await startSite({ collectorUrl: url, consent: 'granted' });
  origins.push(site.url);
  const receiver = createReceiver({
    log,
    store,
    origins,
    keys: { write: ['wk'], secret: ['sk'], admin: ['ak'] },
    pepper: PEPPER,
    doors: createDoors({ pepper: PEPPER, webhooks: { brevo: { token: BREVO } } }),
    now: () => clock.now,
  });
  const tagDirectory = new URL('../../dist/', import.meta.url);
  const app = createApp({ receiver, store, tagDirectory, reports: { now: () => new Date(clock.now) } });
  const listener = nodeListener(receiver, app.fetch);
  const admin = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(url + path, { ...init, headers: { authorization: 'Bearer ak' } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    ...{ directory, clock, site, url, receiver, admin },
    async close() {
      await site.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await receiver.close();
      await store.close();
      await log.close();
    },
  };
}

let week: Awaited<ReturnType<typeof startWeek>>;
let site: Site;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  week = await startWeek();
  site = week.site;
  browser = await launchChromium();
  page = await (await browser.newContext()).newPage();
});
afterAll(async () => {
  await browser.close();
  await week.close();
});

/** Turns every clock to this moment and opens a page, as one of the visitor's own browser. */
async function visit(at: string, address: string): Promise<void> {
  week.clock.now = Date.parse(at);
  await page.clock.setFixedTime(at);
  await page.goto(address);
  await page.waitForFunction('window.filrouge && !("q" in window.filrouge)');
}

async function bring(name: string, map: string, rows: string): Promise<void> {
  const path = join(week.directory, name);
  await writeFile(path, rows);
  const said: string[] = [];
  const code = await runCommand(['import', path, '--map', map, '--url', week.url, '--secret-key', 'sk'], {
    out: () => undefined,
    err: (text) => said.push(text),
    isTerminal: false,
    untilStopped: async () => undefined,
  });
  expect([code, ...said]).toEqual([0]);
}

const customer = async () => (await week.admin('/v1/people/customer-7')) as Person;
const seen = (name: string) =>
  until(name, async () => (await fetchLines()).find((event) => event.event === name || event.type === name));

async function fetchLines(): Promise<{ type: string; event?: string; context?: object; properties?: object }[]> {
  const answer = await fetch(`${week.url}/v1/events`, { headers: { authorization: 'Bearer ak' } });
  return (await answer.text())
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Revenue by channel for one model, in the order of the path. */
async function credit(model: string): Promise<{ [channel: string]: number }> {
  const { rows, totals } = await week.admin(`/v1/reports/attribution?${WEEK}&by=channel&model=${model}`);
  const list = (rows as { channel: string; revenue: number }[]).filter(({ revenue }) => revenue !== 0);
  const cents = list.reduce((sum, { revenue }) => sum + Math.round(revenue * 100), 0);
  expect([cents, totals]).toEqual([8990, expect.objectContaining({ conversions: 1, revenue: 89.9 })]);
  return Object.fromEntries(list.map(({ channel, revenue }) => [channel, revenue]));
}

describe('one customer, one week, four channels', () => {
  test('on Monday she follows an advertisement and looks around', async () => {
    await visit(MONDAY, `${site.url}/winter?utm_source=google&utm_medium=cpc&utm_campaign=winter&gclid=Cj0K`);
    expect(await seen('page')).toBeDefined();
  });

  test('on Wednesday she clicks in the newsletter, and opens her customer account', async () => {
    const made = await week.admin('/v1/links', {
      method: 'POST',
      body: JSON.stringify({
        url: `${site.url}/account`,
        campaign: { source: 'letter-12', medium: 'email', name: 'weekly' },
        recipient: { email: 'ann@example.com' },
      }),
    });
    await visit(WEDNESDAY, made.link);
    expect(new URL(page.url()).searchParams.get('utm_source')).toBe('letter-12');
    await page.evaluate(`filrouge.identify('customer-7', {
      email: 'Ann@example.com', phone: '+33612345678', loyaltyId: '4711'
    })`);
    const click = await seen('Link Clicked');
    expect(click.properties).not.toHaveProperty('automated');
    await seen('identify');
    const told = { email: 'ann@example.com', 'message-id': '<12@mailin.fr>', tags: ['weekly'] };
    const answer = await fetch(`${week.url}/v1/webhooks/brevo`, {
      method: 'POST',
      headers: { authorization: `Bearer ${BREVO}` },
      body: JSON.stringify([
        { ...told, event: 'delivered', ts_epoch: Date.parse(WEDNESDAY) - 3_600_000 },
        { ...told, event: 'click', ts_epoch: Date.parse(WEDNESDAY), link: made.link },
      ]),
    });
    expect(await answer.json()).toMatchObject({ accepted: 2 });
  });

  test('on Saturday she buys in a shop with her card; the call of Thursday has not been reported yet', async () => {
    week.clock.now = Date.parse(SUNDAY) - 3_600_000;
    const receipts = `receipt_id,store_id,sold_at,total,currency,loyalty_card\nT-88,lyon,${SATURDAY},89.90,EUR,4711\n`;
    await bring('receipts.csv', 'till', receipts);
    expect(await credit('first')).toEqual({ 'Paid Search': 89.9 });
    expect(await credit('last')).toEqual({ 'In-store': 89.9 });
    expect(await credit('position')).toEqual({ 'Paid Search': 35.96, Email: 17.98, 'In-store': 35.96 });
    expect(Object.values(await credit('linear')).sort()).toEqual([29.96, 29.97, 29.97]);
  });

  test('on Sunday the call arrives, and takes its place before the receipt', async () => {
    week.clock.now = Date.parse(SUNDAY);
    const calls = `call_id,started_at,caller,number_called,duration\nC-5,${THURSDAY},+33 6 12 34 56 78,+33199000000,240\n`;
    await bring('calls.csv', 'calls', calls);
    expect(await credit('first')).toEqual({ 'Paid Search': 89.9 });
    expect(await credit('last')).toEqual({ 'In-store': 89.9 });
    expect(await credit('last-non-direct')).toEqual({ 'In-store': 89.9 });
    expect(await credit('position')).toEqual({
      'Paid Search': 35.96,
      Email: 8.99,
      'Call Centre': 8.99,
      'In-store': 35.96,
    });
    expect(Object.values(await credit('linear')).sort()).toEqual([22.47, 22.47, 22.48, 22.48]);
    // Weights 2^(-days/7), by hand: 5.31, 2.91, 2.10 and 0 days before the receipt.
    const days = [MONDAY, WEDNESDAY, THURSDAY, SATURDAY].map(
      (at) => (Date.parse(SATURDAY) - Date.parse(at)) / 86_400_000,
    );
    const weights = days.map((age) => 2 ** (-age / 7));
    const sum = weights.reduce((all, one) => all + one, 0);
    const decay = await credit('time-decay');
    ['Paid Search', 'Email', 'Call Centre', 'In-store'].forEach((channel, i) => {
      expect(Math.abs((decay[channel] ?? 0) - (89.9 * (weights[i] ?? 0)) / sum)).toBeLessThan(0.01);
    });
  });

  test('is one person with one thread, and nothing in it twice', async () => {
    const { person, identifiers, timeline } = await customer();
    expect(person).toBe('customer-7');
    expect(identifiers.map(({ type }) => type).sort()).toEqual(
      ['anonymousId', 'email_hash', 'loyalty_id', 'phone_hash', 'userId'].sort(),
    );
    const names = timeline.map(({ type, event }) => event ?? type);
    expect(names.filter((name) => name !== 'Consent Recorded')).toEqual([
      'page',
      'Email Delivered',
      'Link Clicked',
      'Email Link Clicked',
      'page',
      'identify',
      'Call Ended',
      'Order Completed',
    ]);
    const { rows } = await week.admin(`/v1/reports/journeys?${WEEK}`);
    expect(rows).toMatchObject([{ path: ['Paid Search', 'Email', 'Call Centre', 'In-store'], conversions: 1 }]);
  });
});
