import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

/** What each collector answers to a taken request, by the beginning of the path. Without a name: ours. */
const ANSWERS = [
  ['/segment/', { success: true }],
  ['/posthog/', { status: 1 }],
  ['/snowplow/', 'ok'],
  ['/rudderstack/v1', 'OK'],
  ['/plausible/', 'ok', 202],
  ['/v1/batch', { success: true, accepted: 1 }],
];

/** The part of RudderStack's control plane that its SDK asks at the start. */
const SOURCE_CONFIG = {
  source: {
    id: 'bench',
    name: 'bench',
    writeKey: 'wk',
    enabled: true,
    workspaceId: 'bench',
    dataplanes: {},
    destinations: [],
    config: { statsCollection: { errors: { enabled: false }, metrics: { enabled: false } } },
  },
};

/** Isolated pages have a clock of 5 µs instead of 100. */
const HEADERS = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/**
 * Serves the bench page, the scripts, and every collector; counts the events named `Bench` that arrive. `/page?script=x`
 * loads and starts a tracker while the page is shown, `/page` none.
 */
export async function startServer(scripts) {
  const state = { events: 0, requests: 0, last: 0 };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://bench');
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const send = (body, type = 'application/json', status = 200) => {
      response.writeHead(status, { ...HEADERS, 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
    if (pathname === '/page') return send(page(searchParams.get('script')), 'text/html; charset=utf-8');
    const script = /^\/script\/(\w+)\.js$/.exec(pathname)?.[1];
    if (script) return send(scripts[script], 'text/javascript');
    if (pathname.startsWith('/rudderstack/sourceConfig')) return send(SOURCE_CONFIG);
    const [, answer, status] = ANSWERS.find(([path]) => pathname.startsWith(path)) ?? [];
    if (!answer) return send('', 'text/plain', 404);
    state.requests++;
    state.last = Date.now();
    state.events += readable(Buffer.concat(chunks)).split(/"Bench"|%22Bench%22/).length - 1;
    send(answer, undefined, status);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A name as sites have it: trackers look for the widest domain that takes their cookie.
    url: `http://www.shop.localhost:${server.address().port}`,
    state,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  };
}

function readable(body) {
  if (body[0] === 0x1f && body[1] === 0x8b) return gunzipSync(body).toString();
  const text = body.toString();
  const encoded = /^data=([\w%+/=-]+)/.exec(text)?.[1];
  return encoded ? Buffer.from(decodeURIComponent(encoded), 'base64').toString() : text;
}

function page(script) {
  const tag = script ? `<script async src="/script/${script}.js" onload="subject.init()"></script>` : '';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>bench</title>${tag}</head><body>
    <h1 style="font-size:80px">A page with a headline</h1><button>Buy</button><p>${'Some text of the page. '.repeat(200)}</p>
    <script>
      window.seen = { long: [], lcp: 0, interactions: [] };
      const watch = (type, each, options) => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...options });
      watch('longtask', ({ duration }) => seen.long.push(duration));
      watch('largest-contentful-paint', ({ startTime }) => { seen.lcp = startTime });
      watch('event', ({ duration, interactionId }) => { if (interactionId) seen.interactions.push(duration) }, { durationThreshold: 16 });
      document.querySelector('button').onclick = ({ target }) => { window.subject?.track('Bench', { i: 0, text: 'click' }); target.textContent += '.'; };
    </script></body></html>`;
}
