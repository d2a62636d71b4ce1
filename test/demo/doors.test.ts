import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../demo/demo.mjs';
import { launchChromium } from '../browsers.js';
import { freshDirectory } from '../files.js';
import { type Answers, createAnswers } from './answers.js';
import { openVisitor } from './visitor.js';

let browser: Browser;
let dataDir: string;
let demo: Demo;
let answers: Answers;

beforeAll(async () => {
  browser = await launchChromium();
  dataDir = freshDirectory();
  demo = await startDemo({ dataDir, simulate: false });
  answers = createAnswers(demo);
});
afterAll(async () => {
  await browser.close();
  await demo.close();
});

/** One visitor after the other, so that each row is the doing of one door. */
test.each([
  ['A Google ad', 'Paid Search'],
  ['A Facebook post, promoted', 'Paid Social'],
  ['The newsletter', 'Email'],
  ['A text message', 'SMS'],
  ['A QR code on a flyer', 'Print / QR'],
  ['A link on another site', 'Referral'],
  ['An AI assistant', 'AI Assistant'],
  ['A Google result, not an ad', 'Organic Search'],
  ['Typed into the address bar', 'Direct'],
])('the door “%s” counts as %s', async (title, channel) => {
  const visitor = await openVisitor(browser, demo.shopUrl, demo.receiverUrl);
  const before = await answers.events();
  await visitor.page.goto(demo.entryUrl);
  await visitor.page.getByRole('link', { name: title }).click();
  await visitor.answer('accept');
  const known = new Set(before.map(({ messageId }) => messageId));
  await answers.stored((event) => event.type === 'page' && !known.has(event.messageId));
  const rows = await answers.kpis({ by: 'channel' });
  expect(rows.find((row) => row.channel === channel)).toMatchObject({ sessions: 1 });
  await visitor.close();
});

test('the start page speaks French where the browser prefers it or its reader asks, and its doors do', async () => {
  const read = async (address: string, languages: string) => {
    const answer = await fetch(address, { headers: { 'accept-language': languages } });
    return answer.text();
  };
  expect(await read(demo.entryUrl, 'de,fr;q=0.9')).toContain('<html lang="en">');
  expect(await read(`${demo.entryUrl}?lang=en`, 'fr')).toContain('<html lang="en">');
  expect(await read(`${demo.entryUrl}?lang=fr`, 'en')).toContain('<html lang="fr">');
  const page = await read(demo.entryUrl, 'fr-FR,fr;q=0.9,en;q=0.8');
  expect(page).toContain('<html lang="fr">');
  const { origin } = new URL(demo.shopUrl);
  const doors = [...page.matchAll(/href="(http[^"?]*)(\?[^"]*)?"/g)].filter(([, door = '']) => door.startsWith(origin));
  expect(doors.length).toBe(9);
  for (const [, door = ''] of doors) {
    const shop = await fetch(door);
    expect([door, shop.status, /<html lang="(\w+)"/.exec(await shop.text())?.[1]]).toEqual([door, 200, 'fr']);
  }
});
