import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { until } from '../browser/wait.js';
import { type CaptureBrowser, type CapturePage, startCaptureBrowser } from './page.js';

let browser: CaptureBrowser;
let page: CapturePage['page'];
let start: CapturePage['start'];
let drafts: CapturePage['drafts'];
let listeners: CapturePage['listeners'];
let url: string;

beforeAll(async () => {
  browser = await startCaptureBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  ({ page, start, drafts, listeners, url } = await browser.open());
});

describe('every capture', () => {
  it.each(['pages', 'links', 'forms', 'elements', 'engagement'])('%s leaves no listener behind', async (name) => {
    const before = await listeners();
    const isNative = () => page.evaluate(() => /native code/.test(`${history.pushState}${history.replaceState}`));
    await start(name, { minSeconds: 0 });
    expect((await listeners()).length).toBeGreaterThan(before.length);
    await page.evaluate(() => {
      window.stopCapture();
      window.drafts = [];
    });
    expect(await listeners()).toEqual(before);
    expect(await isNative()).toBe(true);
    await page.click('#out');
    await page.click('#f [type=submit]');
    await page.click('#buy');
    await page.evaluate(() => {
      history.pushState({}, '', '/moved');
      dispatchEvent(new Event('pagehide'));
    });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    expect(await drafts()).toEqual([]);
  });
});

describe('links', () => {
  beforeEach(() => start('links'));

  it('tells links that lead away, cleaned, with their text', async () => {
    await page.click('#out b');
    expect(await drafts()).toEqual([
      {
        type: 'track',
        event: 'Link Clicked',
        properties: { url: 'https://other.example/x?a=1', host: 'other.example', text: 'Over there' },
      },
    ]);
  });

  it('tells downloads by extension', async () => {
    await page.click('#pdf');
    expect(await drafts()).toMatchObject([{ event: 'File Downloaded', properties: { extension: 'pdf' } }]);
  });

  it('counts the middle button and the keyboard, not the right button', async () => {
    await page.click('#out', { button: 'right' });
    expect(await drafts()).toEqual([]);
    await page.click('#out', { button: 'middle' });
    await page.focus('#out');
    await page.keyboard.press('Enter');
    expect((await drafts()).map(({ event }) => event)).toEqual(['Link Clicked', 'Link Clicked']);
  });

  it('sees into web components, and past handlers that stop the event', async () => {
    await page.evaluate(() => {
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' });
      if (root) root.innerHTML = '<a href="https://shadow.example/"><span id="deep">x</span></a>';
      root?.addEventListener('click', (event) => event.stopPropagation());
    });
    await page.click('#host #deep');
    expect(await drafts()).toMatchObject([{ properties: { host: 'shadow.example' } }]);
  });

  it('ignores links within the site and other schemes', async () => {
    await page.click('#in');
    await page.click('#mail');
    expect(await drafts()).toEqual([]);
  });
});

describe('forms', () => {
  beforeEach(() => start('forms'));

  it('tells names, never a value, also where a field is named id', async () => {
    await page.click('#f [type=submit]');
    const found = await drafts();
    expect(found).toEqual([
      {
        type: 'track',
        event: 'Form Submitted',
        properties: {
          form_id: 'f',
          form_name: 'signup',
          action: '/join',
          method: 'post',
          fields: ['id', 'email'],
        },
      },
    ]);
    expect(JSON.stringify(found)).not.toMatch(/sesame|ann@|secret/);
  });

  it('leaves out what is marked', async () => {
    await page.click('#ignored button');
    expect(await drafts()).toEqual([]);
  });
});

describe('elements', () => {
  it('emits what the markup declares: inherited, the nearest wins, numbers where they are numbers', async () => {
    await start('elements');
    await page.click('#buy i');
    await page.click('#declared button');
    expect(await drafts()).toEqual([
      {
        type: 'track',
        event: 'Product Added',
        properties: { price: 12.5, sku: '007', gift: true, list: 'Home' },
      },
      { type: 'track', event: 'Newsletter Joined', properties: {} },
    ]);
  });

  it('emits once what was seen, also if it was added later', async () => {
    await start('elements');
    expect(await drafts()).toEqual([]);
    await page.evaluate(() => {
      const late = document.createElement('p');
      late.setAttribute('data-fr-event', 'Late Seen');
      late.setAttribute('data-fr-on', 'view');
      late.textContent = 'late';
      document.body.append(late);
    });
    for (const y of [9999, 0, 9999]) await page.evaluate((y) => scrollTo(0, y), y);
    await until('both were seen', async () => (await drafts()).length >= 2);
    expect((await drafts()).map(({ event }) => event).sort()).toEqual(['Deep Seen', 'Late Seen']);
  });
});

describe('engagement', () => {
  it('tells visible seconds and depth of the page it is about', async () => {
    await start('engagement', { minSeconds: 0.2 });
    await page.evaluate(() => scrollTo(0, 0));
    await page.mouse.click(1, 1);
    const began = Date.now();
    await page.waitForFunction((end) => performance.now() > end, (await page.evaluate(() => performance.now())) + 400);
    await page.evaluate(() => {
      history.pushState({}, '', '/second');
      scrollTo(0, 9999);
    });
    const [draft] = await until('an event', async () => ((await drafts()).length ? drafts() : undefined));
    const spent = (Date.now() - began) / 1000;
    expect(draft).toMatchObject({ event: 'Page Engaged', minor: true, url: `${url}/plain`, title: '/plain' });
    expect(draft?.properties?.engaged_seconds).toBeGreaterThanOrEqual(0.3);
    expect(draft?.properties?.engaged_seconds).toBeLessThan(spent + 1);
    expect(draft?.properties?.scroll_depth).toBeGreaterThan(0);
    expect(draft?.properties?.scroll_depth).toBeLessThan(60);
  });

  it('does not tell a glance', async () => {
    await start('engagement', { minSeconds: 3600 });
    await page.evaluate(() => dispatchEvent(new Event('pagehide')));
    expect(await drafts()).toEqual([]);
  });
});

describe('vitals', () => {
  it('comes as a second file and tells its metrics until it is stopped', async () => {
    await start('vitals', {}, 'filrouge-vitals.js');
    await until('the first paint', async () => (await drafts()).some(({ properties }) => properties?.metric === 'FCP'));
    for (const draft of await drafts()) {
      expect(draft).toMatchObject({ type: 'track', event: 'Web Vital', minor: true });
      expect(draft.properties?.value).toBeGreaterThanOrEqual(0);
      expect(draft.properties?.rating).toMatch(/good|poor|needs/);
    }
  });
});
