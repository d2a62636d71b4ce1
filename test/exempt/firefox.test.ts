import { expect, it } from 'vitest';
import { startSite } from '../browser/site.js';
import { until } from '../browser/wait.js';
import type { Session } from '../faults/engines/contract.js';
import { firefox } from '../faults/engines/firefox.js';
import { freshDirectory } from '../files.js';
import { serve } from '../server/serve.js';

const TRACES = `(async () => JSON.stringify({
  cookie: document.cookie, local: Object.keys(localStorage), session: Object.keys(sessionStorage),
  databases: (await indexedDB.databases()).map(({ name }) => name), caches: await caches.keys(),
}))()`;
const traces = (cookie: string) => JSON.stringify({ cookie, local: [], session: [], databases: [], caches: [] });

it('counts in Firefox as in Chromium: five fields, nothing on the device but an objection, which it keeps to', async () => {
  const profile = freshDirectory();
  const server = await serve({ origins: '*' });
  const page = `<script>
      const said = window.said = [], real = window.fetch;
      window.fetch = (url, options) => (said.push(options), real(url, options));
    </script>
    <script type="module">
      import { createAudience } from '/dist/exempt/audience.js';
      import { pages } from '/dist/capture/pages.js';
      window.audience = createAudience({ url: '${server.url}', writeKey: 'wk', capture: [pages()] });
    </script>`;
  const site = await startSite({ collectorUrl: server.url, stub: false, pages: { '/plain': page } });
  const counted = async () => {
    const answer = await server.admin('/v1/reports/audience?by=day');
    return ((await answer.json()) as { totals: { views: number; entries: number } }).totals;
  };
  const views = (n: number) => until(`${n} counted views`, async () => (await counted()).views === n);
  let session: Session | undefined;
  try {
    session = await firefox.start(profile);
    const tab = await session.open(`${site.url}/plain?utm_source=mail&user=ann#ann`);
    await views(1);
    await tab.run(`void history.pushState({}, '', '/plain/1002345?size=42')`);
    await views(2);
    expect(await counted()).toMatchObject({ views: 2, entries: 1 });
    expect(JSON.parse(String(await tab.run('JSON.stringify(said)')))).toEqual(
      [
        '{"v":1,"writeKey":"wk","path":"/plain","from":"","campaign":true}',
        '{"v":1,"writeKey":"wk","path":"/plain/*"}',
      ].map((body) => ({ method: 'POST', body, keepalive: true, credentials: 'omit', referrerPolicy: 'origin' })),
    );
    expect(await tab.run(TRACES)).toBe(traces(''));
    await tab.run('void audience.optOut()');
    await tab.go(`${site.url}/plain`);
    await until('the script', () => tab.run('!!window.audience'));
    await tab.run('void audience.view()');
    expect(await tab.run('[audience.hasOptedOut(), said.length].join()')).toBe('true,0');
    expect(await tab.run(TRACES)).toBe(traces('fr_no_audience=1'));
    await tab.run('void audience.optIn()');
    expect(await tab.run(TRACES)).toBe(traces(''));
    await tab.run('void audience.view()');
    await views(3);
  } finally {
    await session?.close().catch(() => session?.kill());
    await site.close();
    await server.remove();
  }
});
