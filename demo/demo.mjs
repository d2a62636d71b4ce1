import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { startServer } from '../dist/server/index.js';
import { snippet } from '../dist/tag/snippet.js';
import { realEvents } from './events.mjs';
import { bannerOf } from './shop/banners.mjs';
import { entryPage } from './shop/entry.mjs';
import { entryLanguage } from './shop/entry-texts.mjs';
import { createShop, sendAsset } from './shop/site.mjs';
import { simulate as sendHistory } from './simulate.mjs';
import { openState, saveState } from './state.mjs';

/** Public: it stands in every page of the shop. */
const WRITE_KEY = 'demo-shop';

/**
 * Starts shop, receiver and report. The shop is `http://localhost:…`; the start page is `http://127.0.0.1:…` on the same
 * port, another site to a browser, so that its links have a foreign referrer.
 * @type {import('./demo.d.mts').startDemo}
 */
export async function startDemo({ shopPort = 0, receiverPort = 0, dataDir, simulate = true, store, logger }) {
  const server = createServer();
  const port = await listen(server, shopPort);
  /** @type {(() => unknown)[]} */
  const closers = [() => server.close(), () => server.closeAllConnections()];
  const close = async () => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer();
  };
  try {
    const shopOrigin = `http://localhost:${port}`;
    const state = await openState(dataDir, { simulate, origin: shopOrigin });
    const { adminKey, secretKey, history } = state;
    const receiver = await startServer({
      port: receiverPort,
      host: '127.0.0.1',
      dataDir: join(dataDir, 'receiver'),
      writeKeys: [WRITE_KEY],
      secretKeys: [secretKey],
      adminKeys: [adminKey],
      origins: [shopOrigin],
      // The shop is in Brittany, whoever looks at its report from wherever.
      reports: { timezone: 'Europe/Paris', currency: 'EUR' },
      ...(store && { store }),
      ...(logger && { logger }),
    });
    closers.push(() => receiver.close());
    const urls = {
      shopUrl: `${shopOrigin}/en/`,
      entryUrl: `http://127.0.0.1:${port}/`,
      receiverUrl: `http://localhost:${receiver.port}`,
      reportUrl: `http://localhost:${receiver.port}/report#key=${adminKey}`,
    };
    answerWith(server, createSite({ ...urls, shopOrigin, state }));
    if (history && !history.sent) {
      await sendHistory({ receiverUrl: receiver.url, secretKey, origin: history.origin, until: history.until });
      await saveState(dataDir, { ...state, history: { ...history, sent: true } });
    }
    return { ...urls, adminKey, secretKey, writeKey: WRITE_KEY, simulated: history !== null, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {import('node:http').Server} server
 * @param {import('./shop/site.mjs').Handler} handle
 */
function answerWith(server, handle) {
  server.on('request', (request, response) => {
    handle(request, response).catch((error) => {
      console.error(error);
      response.destroy();
    });
  });
}

/**
 * Start page and shop, told apart by host name.
 * @param {{ shopOrigin: string, entryUrl: string, receiverUrl: string, reportUrl: string, state: import('./state.mjs').State }} demo
 * @returns {import('./shop/site.mjs').Handler}
 */
function createSite({ shopOrigin, entryUrl, receiverUrl, reportUrl, state }) {
  const src = `${receiverUrl}/filrouge.js`;
  const capture = ['pages', 'links', 'forms', 'elements', 'engagement', 'vitals'];
  // Chosen on the start page, for whoever looks at the demonstration; no cookie says so, because the shop sets none.
  let banner = bannerOf('cookieconsent');
  const shop = createShop({
    tagFor: (consent) => snippet({ src, writeKey: WRITE_KEY, capture, consent }),
    receiverOrigin: receiverUrl,
    startUrl: entryUrl,
    banner: () => banner,
  });
  const { adminKey, secretKey, history } = state;
  const simulated = history !== null;
  const entry = (/** @type {import('./shop/catalog.mjs').Lang} */ lang) =>
    entryPage({ lang, banner, shopOrigin, reportUrl, receiverUrl, secretKey, simulated });
  const shopHost = new URL(shopOrigin).host;
  return async (request, response) => {
    const { pathname: path, search, searchParams } = new URL(request.url ?? '/', entryUrl);
    const lang = entryLanguage(searchParams.get('lang'), request.headers['accept-language']);
    if (request.headers.host === shopHost) {
      if (path !== '/') return shop(request, response);
      response.writeHead(302, { location: entryUrl }).end();
    } else if (path === '/' && searchParams.has('banner')) {
      banner = bannerOf(searchParams.get('banner'));
      response.writeHead(302, { location: `${entryUrl}?lang=${lang}` }).end();
    } else if (path === '/') {
      const policy = "default-src 'none'; style-src 'self'; img-src 'self'";
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy });
      response.end(entry(lang));
    } else if (path === '/events.ndjson' && request.headers.host === new URL(entryUrl).host) {
      const events = await realEvents(receiverUrl, adminKey);
      response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(events);
    } else if (path.startsWith('/assets/')) await sendAsset(path, response);
    else response.writeHead(302, { location: shopOrigin + path + search }).end();
  };
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 */
async function listen(server, port) {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}
