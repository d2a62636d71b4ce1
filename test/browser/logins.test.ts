import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { WireEvent } from '../../src/protocol/index.js';
import { grant, loaded, named, useVisitor } from './visitor.js';
import { until } from './wait.js';

const page = (collectorUrl: string) => `<script type="module">
  import { createTracker } from '/dist/index.js';
  import { segment } from '/dist/collectors/segment.js';
  window.filrouge = createTracker({
    collectors: [segment({ url: '${collectorUrl}', writeKey: 'wk' })],
    withoutConsent: location.search === '?anonymous' ? 'anonymous' : 'hold',
  });
</script>`;

const visitor = useVisitor((url) => ({ consent: 'granted', pages: { '/plain': page(url) } }));

const open = async (query = '') => {
  const tab = await visitor.context.newPage();
  await tab.goto(`${visitor.site.url}/plain${query}`);
  await loaded(tab);
  return tab;
};
const track = (tab: Page, name: string) => tab.evaluate((event) => window.filrouge.track(event), name);
const arrived = async (name: string): Promise<WireEvent> => {
  await until(name, () => named(visitor, name).length);
  return named(visitor, name)[0] as WireEvent;
};
const sessionOf = ({ context }: WireEvent) => context?.filrouge?.session?.id;

it('takes each user of a device for another session, and the first again for a third one', async () => {
  const tab = await open();
  await grant(tab);
  await tab.evaluate(() => {
    for (const user of [undefined, 'ann', 'bob', 'ann']) {
      if (user) window.filrouge.identify(user);
      window.filrouge.track(`As ${user ?? 'nobody'} ${performance.now()}`);
    }
    window.filrouge.track('Last');
  });
  await arrived('Last');
  const all = visitor.collector.received.filter(({ event }) => event?.startsWith('As '));
  const inOrder = all.sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
  expect(inOrder.map(({ userId }) => userId)).toEqual([undefined, 'ann', 'bob', 'ann']);
  const [nobody, ann, bob, again] = inOrder.map(sessionOf);
  // The first login belongs to the visit that led to it.
  expect(ann).toBe(nobody);
  expect(new Set([ann, bob, again]).size).toBe(3);
  expect(new Set(all.map(({ anonymousId }) => anonymousId)).size).toBe(1);
});

it('begins anew after a logout, in every tab, and what waited goes out as who it was', async () => {
  const [here, there] = [await open(), await open()];
  await grant(here);
  // The other tab knows the device already, as it was before.
  await track(there, 'Early');
  await arrived('Early');
  await visitor.collector.down();
  await here.evaluate(() => {
    window.filrouge.identify('ann');
    window.filrouge.track('Before');
    window.filrouge.reset();
    window.filrouge.track('After');
  });
  await visitor.collector.up();
  await here.evaluate(() => window.filrouge.flush());
  const [before, after] = [await arrived('Before'), await arrived('After')];
  expect([before.userId, after.userId]).toEqual(['ann', undefined]);
  expect(after.anonymousId).not.toBe(before.anonymousId);
  expect(sessionOf(after)).not.toBe(sessionOf(before));
  await track(there, 'Elsewhere');
  const elsewhere = await arrived('Elsewhere');
  expect(elsewhere.userId).toBeUndefined();
  expect([elsewhere.anonymousId, sessionOf(elsewhere)]).toEqual([after.anonymousId, sessionOf(after)]);
});

it('gives a visitor who was anonymous nothing of before, and one session from the consent on', async () => {
  const tab = await open('?anonymous');
  await track(tab, 'Anonymous');
  const anonymous = await arrived('Anonymous');
  expect(sessionOf(anonymous)).toBeUndefined();
  await grant(tab);
  await track(tab, 'Known');
  const known = await arrived('Known');
  expect(known.anonymousId).not.toBe(anonymous.anonymousId);
  const next = await open();
  await track(next, 'Next');
  const later = await arrived('Next');
  expect([later.anonymousId, sessionOf(later)]).toEqual([known.anonymousId, sessionOf(known)]);
});

it('forgets on one subdomain who logged out on another one', async () => {
  const visit = async (subdomain: string) => {
    const tab = await visitor.context.newPage();
    await tab.goto(
      `${visitor.site.url.replace('127.0.0.1', `${subdomain}.shop.localhost`)}/plain?utm_source=${subdomain}`,
    );
    await loaded(tab);
    await grant(tab);
    return tab;
  };
  const blog = await visit('blog');
  await blog.evaluate(() => {
    window.filrouge.identify('ann');
    window.filrouge.track('Ann reads');
  });
  const { anonymousId } = await arrived('Ann reads');

  const shop = await visit('www');
  await track(shop, 'Ann buys');
  expect((await arrived('Ann buys')).anonymousId).toBe(anonymousId);
  await shop.evaluate(() => window.filrouge.reset());
  await track(shop, 'Somebody looks');
  const next = (await arrived('Somebody looks')).anonymousId;
  expect(next).not.toBe(anonymousId);

  const again = await visit('blog');
  await track(again, 'Somebody reads');
  const read = await arrived('Somebody reads');
  expect(read).toMatchObject({ anonymousId: next });
  expect(read.userId).toBeUndefined();
  expect(sessionOf(read)).not.toBe(sessionOf(await arrived('Ann reads')));
  expect(await again.evaluate(() => window.filrouge.visitor().touches)).toMatchObject([
    { campaign: { source: 'blog' } },
  ]);
});
