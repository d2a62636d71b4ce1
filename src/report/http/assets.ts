import { readFile } from 'node:fs/promises';
import type { ReportHandler } from './answer.js';
import { type PageSettings, reportHtml } from './html.js';

/** Where the page's files are, for those who bundle the server themselves. */
export interface AssetFiles {
  script: URL;
  style: URL;
}

/**
 * No inline code, nothing from elsewhere. The page makes one Trusted Types policy, `default`, which lets the empty string
 * pass and nothing else: ECharts empties elements by `innerHTML = ''`.
 */
export const REPORT_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ');

/**
 * Serves the page: `GET /report`, `/report/app.js`, `/report/app.css`. These are static and contain no data, so they need
 * no key; the page asks for the admin key and sends it with every question. Files are read once. `settings` are those that
 * `createReports` got: the page's "today" is that of the reports, wherever its reader is.
 */
export function reportAssets(files: AssetFiles = builtFiles(), settings: PageSettings = {}): ReportHandler {
  const html = reportHtml(settings);
  const routes = new Map([
    ['/report', { file: undefined, type: 'text/html; charset=utf-8' }],
    ['/report/app.js', { file: files.script, type: 'text/javascript; charset=utf-8' }],
    ['/report/app.css', { file: files.style, type: 'text/css; charset=utf-8' }],
  ]);
  const cache = new Map<string, string>();
  return async (request) => {
    const { pathname } = new URL(request.url);
    const route = routes.get(pathname);
    if (!route || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined;
    const content = route.file ? (cache.get(pathname) ?? (await readFile(route.file, 'utf8'))) : html;
    cache.set(pathname, content);
    return new Response(content, {
      headers: {
        'content-type': route.type,
        'content-security-policy': REPORT_CSP,
        'cache-control': 'no-cache',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      },
    });
  };
}

/** As the build lays them out: beside this file and one directory up. */
function builtFiles(): AssetFiles {
  return {
    script: new URL('../../report-page.js', import.meta.url),
    style: new URL('../page/style.css', import.meta.url),
  };
}
