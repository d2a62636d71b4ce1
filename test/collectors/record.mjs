// Records what the vendors' own clients send, as samples for `recorded.test.ts`: `node test/collectors/record.mjs`.
// Installs their newest versions into a directory of its own, lets each say the same few things to a server here, and
// writes method, path and body of each request with package, version and date to `recorded/`. Not part of CI: it needs
// the registry. Requests go to this machine only.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';

const PACKAGES = {
  'posthog-node': inNode(posthogNode),
  'posthog-js': inPage(posthogPage),
  '@snowplow/node-tracker': inNode(snowplowNode),
  '@snowplow/browser-tracker': inPage(snowplowPage),
  'matomo-tracker': inNode(matomoNode),
  '@amplitude/analytics-node': inNode(amplitudeNode),
  '@plausible-analytics/tracker': inPage(plausiblePage),
  '@umami/node': inNode(umamiNode),
  '@jitsu/js': inNode(jitsuNode),
  '@segment/analytics-node': inNode(segmentNode),
  '@rudderstack/rudder-sdk-node': inNode(rudderNode),
};
const OUT = new URL('recorded/', import.meta.url);
const home = mkdtempSync(join(tmpdir(), 'filrouge-record-'));
const chosen = process.argv.slice(2);
const names = Object.keys(PACKAGES).filter((name) => !chosen.length || chosen.includes(name));
execFileSync('npm', ['init', '-y'], { cwd: home, stdio: 'ignore' });
execFileSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...names], {
  cwd: home,
  stdio: 'ignore',
});
const load = createRequire(join(home, 'index.js'));

let heard = [];
const server = createServer(answer).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const origin = `http://127.0.0.1:${server.address().port}`;
try {
  for (const name of names) {
    heard = [];
    await PACKAGES[name](name);
    await settled();
    const { version } = JSON.parse(readFileSync(join(home, 'node_modules', name, 'package.json'), 'utf8'));
    const sample = { package: name, version, recorded: new Date().toISOString().slice(0, 10), requests: heard };
    const file = new URL(`${name.replace(/^@/, '').replace('/', '-')}.json`, OUT);
    writeFileSync(file, elsewhere(`${JSON.stringify(sample)}\n`));
    console.log(name, version, heard.length, 'requests');
  }
  execFileSync('npx', ['biome', 'format', '--write', fileURLToPath(OUT)], { stdio: 'ignore' });
} finally {
  server.close();
  server.closeAllConnections();
  rmSync(home, { recursive: true, force: true });
}

/** The samples name no machine. */
function elsewhere(text) {
  const there = 'https://c.example';
  const encoded = text.replaceAll(encodeURIComponent(origin), encodeURIComponent(there));
  return encoded.replaceAll(origin, there).replaceAll(new URL(origin).host, 'c.example');
}

function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://x');
  if (request.method === 'GET' && pathname.startsWith('/m/')) return serve(pathname.slice(3), response);
  if (pathname === '/page') return response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>Shirt</title>');
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    let body = Buffer.concat(chunks);
    if (body[0] === 0x1f && body[1] === 0x8b) body = gunzipSync(body);
    if (!/favicon|flags|config|remote|surveys|array/.test(pathname))
      heard.push({
        method: request.method,
        path: request.url,
        type: request.headers['content-type'] ?? null,
        auth: (request.headers.authorization ?? '').split(' ')[0] || null,
        body: parsed(body.toString()),
      });
    const headers = {
      'Content-Type': 'application/json',
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': '*',
    };
    response
      .writeHead(200, headers)
      .end(pathname.includes('/flags') ? '{"flags":{}}' : '{"status":1,"ok":true,"success":true}');
  });
}

function serve(path, response) {
  const file = resolve(home, 'node_modules', path);
  if (!file.startsWith(home + sep)) return response.writeHead(404).end();
  response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(readFileSync(extname(file) ? file : `${file}.js`));
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Until nothing has been heard for a second; clients flush by their own timers. */
async function settled() {
  let before = -1;
  while (before !== heard.length) {
    before = heard.length;
    await new Promise((done) => setTimeout(done, 1000));
  }
}

function inNode(say) {
  return async (name) => say(load(name));
}

function inPage(say) {
  return async (name) => {
    const browser = await chromium.launch({
      executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
    try {
      const page = await browser.newPage();
      await page.goto(`${origin}/page?utm_source=news&gclid=AbC`);
      await say(page, name);
      await settled();
    } finally {
      await browser.close();
    }
  };
}

async function posthogNode({ PostHog }) {
  const client = new PostHog('phc_1', { host: origin, flushAt: 20 });
  client.capture({
    distinctId: 'device-1',
    event: 'Product Viewed',
    properties: { product_id: 's1', $process_person_profile: false },
  });
  client.identify({ distinctId: 'customer-7', properties: { plan: 'gold' } });
  client.alias({ distinctId: 'customer-7', alias: 'old-7' });
  client.groupIdentify({ groupType: 'company', groupKey: 'acme', properties: { size: 5 } });
  await client.shutdown();
}

async function posthogPage(page) {
  await page.evaluate(async (host) => {
    const { default: posthog } = await import('/m/posthog-js/dist/module.js');
    const quiet = {
      autocapture: false,
      disable_session_recording: true,
      disable_surveys: true,
      advanced_disable_flags: true,
      opt_out_useragent_filter: true,
    };
    posthog.init('phc_1', {
      api_host: host,
      persistence: 'memory',
      capture_pageview: true,
      disable_compression: true,
      ...quiet,
    });
    posthog.capture('Product Viewed', { product_id: 's1' });
    posthog.identify('customer-7', { plan: 'gold' });
    posthog.alias('old-7');
    posthog.group('company', 'acme', { size: 5 });
  }, origin);
  await new Promise((done) => setTimeout(done, 4000));
}

async function snowplowNode(sp) {
  const { hostname, port } = new URL(origin);
  const options = { endpoint: hostname, protocol: 'http', port: Number(port), bufferSize: 4, eventMethod: 'post' };
  const tracker = sp.newTracker({ namespace: 'sp', appId: 'shop', encodeBase64: false }, options);
  tracker.setUserId('customer-7');
  sayToSnowplow(tracker, sp);
}

function sayToSnowplow(tracker, sp) {
  tracker.track(
    sp.buildPageView({ pageUrl: 'https://shop.example/p/1', pageTitle: 'Shirt', referrer: 'https://news.example/' }),
  );
  tracker.track(
    sp.buildStructEvent({ category: 'shirts', action: 'Product Viewed', label: 'Shirt', property: 's1', value: 12.5 }),
  );
  const data = { order_id: 'A-1' };
  tracker.track(sp.buildSelfDescribingEvent({ event: { schema: 'iglu:com.acme/order/jsonschema/1-0-0', data } }));
  tracker.track(sp.buildPageView({ pageUrl: 'https://shop.example/', pageTitle: 'Home', referrer: '' }));
}

async function snowplowPage(page) {
  for (const eventMethod of ['post', 'get']) {
    await page.addScriptTag({ url: `${origin}/m/@snowplow/browser-tracker/dist/index.umd.js` });
    await page.evaluate(
      ([host, method]) => {
        const sp = globalThis.snowplowBrowserTracking;
        const options = {
          appId: 'shop',
          encodeBase64: false,
          eventMethod: method,
          bufferSize: 1,
          contexts: { webPage: true, session: true },
        };
        sp.newTracker(method, host, options);
        sp.setUserId('customer-7', [method]);
        sp.trackPageView({}, [method]);
        sp.trackStructEvent(
          { category: 'shirts', action: 'Product Viewed', label: 'Shirt', property: 's1', value: 12.5 },
          [method],
        );
        const data = { order_id: 'A-1' };
        sp.trackSelfDescribingEvent({ event: { schema: 'iglu:com.acme/order/jsonschema/1-0-0', data } }, [method]);
      },
      [origin, eventMethod],
    );
    await settled();
  }
}

async function matomoNode(MatomoTracker) {
  const tracker = new MatomoTracker(3, `${origin}/matomo.php`);
  tracker.on('error', () => {});
  tracker.track({ url: 'https://shop.example/p/1', action_name: 'Shirt', uid: 'customer-7' });
  await new Promise((done) =>
    tracker.trackBulk(
      [
        {
          _id: '0123456789abcdef',
          cdt: '1763632805',
          url: 'https://shop.example/',
          e_c: 'shirts',
          e_a: 'Product Viewed',
          e_v: '12.5',
        },
        {
          url: 'https://shop.example/',
          idgoal: 0,
          ec_id: 'A-1',
          revenue: 30.5,
          ec_items: '[["SKU1","Shirt","",12.5,2]]',
        },
      ],
      done,
    ),
  );
}

async function amplitudeNode(amplitude) {
  await amplitude.init('ak', { serverUrl: `${origin}/2/httpapi`, flushQueueSize: 10 }).promise;
  const who = { user_id: 'customer-7', device_id: 'device-1' };
  amplitude.track('Product Viewed', { product_id: 's1' }, who);
  amplitude.identify(new amplitude.Identify().set('plan', 'gold'), who);
  amplitude.groupIdentify('company', 'acme', new amplitude.Identify().set('size', 5), who);
  const order = new amplitude.Revenue().setProductId('s1').setPrice(12.5).setQuantity(2);
  amplitude.revenue(order, who);
  await amplitude.flush().promise;
}

async function plausiblePage(page) {
  await page.evaluate(async (host) => {
    const { init, track } = await import('/m/@plausible-analytics/tracker/plausible.js');
    init({
      domain: 'shop.example',
      endpoint: `${host}/api/event`,
      captureOnLocalhost: true,
      autoCapturePageviews: true,
      logging: false,
    });
    track('Order Completed', { props: { order_id: 'A-1' }, revenue: { currency: 'EUR', amount: 30.5 } });
  }, origin);
}

async function umamiNode({ Umami }) {
  const client = new Umami({ websiteId: '6f9ca0c5-8ee2-4f20-9d6a-0d5e7e8a9c11', hostUrl: origin });
  await client.track({
    hostname: 'shop.example',
    url: '/p/1',
    referrer: 'https://news.example/',
    title: 'Shirt',
    screen: '1280x720',
    language: 'fr-FR',
  });
  await client.track({
    hostname: 'shop.example',
    url: '/p/1',
    name: 'Order Completed',
    data: { order_id: 'A-1', total: 30.5 },
  });
  await client.identify({ plan: 'gold' });
}

async function jitsuNode({ jitsuAnalytics }) {
  const client = jitsuAnalytics({ host: origin, writeKey: 'key:secret' });
  await client.page('home', { url: 'https://shop.example/' });
  await client.identify('customer-7', { plan: 'gold' });
  await client.track('Order Completed', { order_id: 'A-1', total: 30.5 });
}

async function segmentNode({ Analytics }) {
  const client = new Analytics({ writeKey: 'wk', host: origin });
  await sayToSegment(client);
  await client.closeAndFlush();
}

async function rudderNode(Rudder) {
  const client = new (Rudder.default ?? Rudder)('wk', { dataPlaneUrl: origin, flushAt: 10, gzip: false });
  await sayToSegment(client);
  await new Promise((done) => client.flush(done));
}

async function sayToSegment(client) {
  const who = { userId: 'customer-7', anonymousId: 'device-1' };
  client.page({ ...who, name: 'home', properties: { url: 'https://shop.example/' } });
  client.identify({ ...who, traits: { plan: 'gold' } });
  client.track({ ...who, event: 'Order Completed', properties: { order_id: 'A-1', total: 30.5 } });
  client.group({ ...who, groupId: 'acme', traits: { size: 5 } });
}
