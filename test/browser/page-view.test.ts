import { expect, it } from 'vitest';
import { loaded, named, typed, useVisitor } from './visitor.js';
import { until } from './wait.js';

const visitor = useVisitor(() => ({ consent: 'granted', capture: ['pages'] }));
const viewOf = (event: ReturnType<typeof named>[number] | undefined) => event?.context?.filrouge?.pageView;

it('gives what is tracked in the tick of a move the id of the page that is moved to', async () => {
  const { page, site } = visitor;
  await page.goto(site.url);
  await loaded(page);
  await page.evaluate(() => {
    window.filrouge.track('Before');
    history.pushState({}, '', '/next');
    window.filrouge.track('Same Tick');
    history.replaceState({}, '', '/next?sort=price');
    window.filrouge.track('Sorted');
  });
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  await page.evaluate(() => window.filrouge.track('Later'));
  await until('all events', () => visitor.collector.received.length === 6);
  const [first, second] = typed(visitor, 'page').map(viewOf);
  expect(first).not.toBe(second);
  expect(viewOf(named(visitor, 'Before')[0])).toBe(first);
  for (const name of ['Same Tick', 'Sorted', 'Later']) expect(viewOf(named(visitor, name)[0]), name).toBe(second);
});

it('reads a campaign that the router strips in the same tick', async () => {
  const { page, site } = visitor;
  await page.goto(site.url);
  await loaded(page);
  await page.evaluate(() => {
    history.pushState({}, '', '/next?utm_source=inapp&dicbo=x1&keep=1');
    history.replaceState({}, '', '/next?keep=1');
  });
  await until('the second page view', () => typed(visitor, 'page').length === 2);
  const touch = typed(visitor, 'page')[1]?.context?.filrouge?.touch;
  expect(touch).toMatchObject({ campaign: { source: 'inapp' }, clickIds: { dicbo: 'x1' } });
  expect(touch?.landing).toBe(`${site.url}/next?keep=1`);
});
