import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BANNERS, bannerOf } from './banners.mjs';
import { layout } from './layout.mjs';
import { cart } from './pages/cart.mjs';
import { checkout, thanks } from './pages/checkout.mjs';
import { home } from './pages/home.mjs';
import { notFound, privacy, stores } from './pages/info.mjs';
import { list } from './pages/list.mjs';
import { product } from './pages/product.mjs';
import { routeOf } from './routes.mjs';

/**
 * @typedef {import('node:http').IncomingMessage} Request
 * @typedef {import('node:http').ServerResponse} Response
 * @typedef {(request: Request, response: Response) => Promise<void>} Handler
 */

/** @type {Record<import('./routes.mjs').PageName, (route: import('./routes.mjs').Route, query: URLSearchParams) => import('./layout.mjs').Content | undefined>} */
const PAGES = { home, list, product, cart, checkout, thanks, stores, privacy };

/** @type {Record<string, string>} */
const TYPES = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml' };

/**
 * The shop as one request handler.
 * @param {{ tagFor: (banner: string) => string, receiverOrigin: string, startUrl: string, banner: () => import('./banners.mjs').BannerName }} shop
 *   `tagFor` gives the HTML that `snippet()` made for a banner.
 * @returns {Handler}
 */
export function createShop(shop) {
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://shop');
    if (url.pathname === '/favicon.ico') return sendAsset('/assets/icon.svg', response);
    if (url.pathname.startsWith('/assets/')) return sendAsset(url.pathname, response);
    if (url.pathname.startsWith('/banners/')) return sendBannerFile(url.pathname, response);
    if (url.pathname === '/api/newsletter' && request.method === 'POST') return subscribe(request, response);
    const route = routeOf(url.pathname);
    const content = route && PAGES[route.page](route, url.searchParams);
    const banner = shop.banner();
    const site = { tag: shop.tagFor(banner), startUrl: shop.startUrl, banner };
    const policy = contentSecurityPolicy(site.tag, shop.receiverOrigin, BANNERS[banner].strict);
    const page = route && content ? layout(site, route, content) : lost(site, url.pathname);
    response.writeHead(content ? 200 : 404, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
    });
    response.end(page);
  };
}

/**
 * The strictest policy the shop can live with: scripts from itself and the receiver, the tag's one inline line by its
 * hash, no inline styles, no eval, no string that becomes markup unless a Trusted Types policy let it through.
 * @param {string} tag
 * @param {string} receiverOrigin
 * @param {boolean} [strict] False for a banner that writes inline styles and markup: the price of that banner.
 */
function contentSecurityPolicy(tag, receiverOrigin, strict = true) {
  const inline = [...tag.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, code = '']) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src 'self' ${[receiverOrigin, ...inline].join(' ')}`,
    strict ? "style-src 'self'" : "style-src 'self' 'unsafe-inline'",
    strict ? "img-src 'self'" : "img-src 'self' data:",
    `connect-src 'self' ${receiverOrigin}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(strict ? ["require-trusted-types-for 'script'", 'trusted-types default'] : []),
  ].join('; ');
}

/**
 * Sends a file of a banner's package: `/banners/klaro/klaro.css`.
 * @param {string} pathname
 * @param {Response} response
 */
async function sendBannerFile(pathname, response) {
  const [, name, file = ''] = /^\/banners\/(\w+)\/((?:\w+\/)?[\w.-]+)$/.exec(pathname) ?? [];
  const banner = BANNERS[bannerOf(name)];
  await sendFile(join(banner.directory, file), name === bannerOf(name), response);
}

/**
 * Sends a file of the assets folder.
 * @param {string} pathname
 * @param {Response} response
 */
export async function sendAsset(pathname, response) {
  const name = pathname.slice('/assets/'.length);
  await sendFile(fileURLToPath(new URL(`./assets/${name}`, import.meta.url)), /^[\w.-]+$/.test(name), response);
}

/**
 * @param {string} file
 * @param {boolean} allowed
 * @param {Response} response
 */
async function sendFile(file, allowed, response) {
  const type = TYPES[extname(file)];
  const content = type && allowed ? await readFile(file).catch(() => undefined) : undefined;
  if (type && content) response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(content);
  else response.writeHead(404).end();
}

/**
 * What a shop's server does with a subscription: it knows the address, and gives the page a customer number. The number
 * is the same for the same address on any device. This one keeps neither.
 * @param {Request} request
 * @param {Response} response
 */
async function subscribe(request, response) {
  let body = '';
  for await (const piece of request.setEncoding('utf8')) {
    body += piece;
    if (body.length > 1_000) break;
  }
  const email = new URLSearchParams(body).get('email')?.trim().toLowerCase();
  if (!email) {
    response.writeHead(400).end();
    return;
  }
  const customer = `C-${createHmac('sha256', 'atelier-fil').update(email).digest('hex').slice(0, 8)}`;
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ customer }));
}

/**
 * @param {import('./layout.mjs').Site} site
 * @param {string} pathname
 */
function lost(site, pathname) {
  /** @type {import('./routes.mjs').Route} */
  const route = { lang: pathname.startsWith('/en') ? 'en' : 'fr', page: 'home' };
  return layout(site, route, notFound(route));
}
