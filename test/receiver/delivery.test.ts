import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireEvent } from '../../src/protocol/index.js';
import { createReports, reportRoutes } from '../../src/report/index.js';
import { startCollector } from '../browser/collector.js';
import { startSite } from '../browser/site.js';
import { until } from '../browser/wait.js';
import { launchChromium } from '../browsers.js';
import { event } from './events.js';
import { startReceiver, type TestReceiver } from './start.js';

let test: TestReceiver;
beforeEach(async () => {
  test = await startReceiver({ origins: '*' });
});
afterEach(() => test.close());

const numbered = (lane: string, n: number, over = {}) =>
  event({
    messageId: `${lane}-${n}`,
    timestamp: new Date().toISOString(),
    context: { filrouge: { v: 1, sequence: { lane, n } } },
    ...over,
  });
const settled = () => test.receiver.settled(10_000);

describe('the account of numbered events', () => {
  it('names what was refused, and does not call it lost; an event without consent leaves no trace', async () => {
    const denied = { consent: { categoryPreferences: { analytics: false } } };
    const unwanted = numbered('a', 4);
    Object.assign(unwanted.context ?? {}, denied);
    await test.post({ batch: [numbered('a', 1), numbered('a', 2, { properties: 'x' }), numbered('a', 5), unwanted] });
    await test.post({ batch: [numbered('b', 1, { type: 'nonsense' })] });
    await settled();
    const report = await createReports(test.store).delivery({ by: 'browser' });
    expect(report.totals).toEqual({
      pageLoads: 2,
      tracked: 6,
      received: 2,
      lost: 2,
      refused: 2,
      reasons: { 'bad-field': 1, 'bad-type': 1 },
      late: 0,
      duplicates: 0,
      lossRate: 0.333333,
      lateRate: 0,
    });
    const metas = (await test.entries()).map(({ meta }) => meta);
    expect(metas).toMatchObject([{ refused: [['a', 2, 'bad-field']] }, { refused: [['b', 1, 'bad-type']] }]);
  });

  it('is a report with a route, and a gauge', async () => {
    await test.post({ batch: [numbered('a', 3)] });
    await settled();
    const routes = reportRoutes(createReports(test.store));
    const ask = (query: string) => routes(new Request(`https://c.example/v1/reports/delivery${query}`));
    expect(await (await ask('?by=day&late=5'))?.json()).toMatchObject({
      rows: [{ tracked: 3, lost: 2 }],
      totals: { lost: 2 },
    });
    expect(await (await ask('?format=csv'))?.text()).toMatch(/^pageLoads,tracked,received,lost,.*\r\n1,3,1,2,/);
    expect((await ask('?late=0'))?.status).toBe(400);
    expect(await (await test.admin('/metrics')).text()).toContain('\nfilrouge_events_lost 2\n');
  });
});

describe('events that are dropped on purpose on the way from a real browser', () => {
  it('are counted exactly, whole page loads too', async () => {
    const collector = await startCollector();
    const swallowed: WireEvent[] = [];
    const isSwallowed = ({ properties }: WireEvent) =>
      properties?.i === 3 || properties?.i === 7 || properties?.load === 2;
    // The browser is told that all of it was taken.
    collector.forward = async (body) => {
      const { batch, ...rest } = JSON.parse(body) as { batch: WireEvent[] };
      swallowed.push(...batch.filter(isSwallowed));
      await test.post({ ...rest, batch: batch.filter((one) => !isSwallowed(one)) });
    };
    const site = await startSite({ collectorUrl: collector.url });
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      for (const load of [1, 2, 3]) {
        await page.goto(site.url);
        await page.evaluate("filrouge.consent({ analytics: 'granted' })");
        await page.evaluate(
          `for (let i = 1; i <= 10; i++) filrouge.track('Step', { i: ${load} === 1 ? i : 0, load: ${load} })`,
        );
        await page.evaluate('filrouge.flush()');
      }
      const steps = () => collector.received.filter((one) => one.event === 'Step').map(({ messageId }) => messageId);
      await until('all on the wire', () => new Set(steps()).size === 30);
      await settled();
      const { totals } = await createReports(test.store).delivery();
      expect(swallowed.length).toBe(12);
      // One page view for each load, besides.
      expect([totals.tracked, totals.received, totals.lost]).toEqual([33, 21, 12]);
    } finally {
      await browser.close();
      await site.close();
      await collector.close();
    }
  });
});
