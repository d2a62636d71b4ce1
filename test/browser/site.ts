import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SnippetOptions, snippet } from '../../src/tag/snippet.js';

/** A small web site: every path is a page with the tag, unless `pages` says otherwise. */
export interface Site {
  /** The site itself. */
  url: string;
  /** The same server by another name: a foreign origin for the browser. */
  otherUrl: string;
  /** What was asked for, oldest first. */
  requests: { path: string; headers: IncomingHttpHeaders }[];
  close(): Promise<void>;
}

export interface SiteOptions extends Partial<SnippetOptions> {
  collectorUrl: string;
  /** Further markup by path; the path `/plain` never has a tag, and `/hold` never answers. */
  pages?: { [path: string]: string };
  /** JavaScript by path, e.g. of a service worker. */
  scripts?: { [path: string]: string };
  headers?: { [name: string]: string };
}

/** Serves the pages on a free port, and what `tsc` built below `/dist/`, as a development server does. */
export async function startSite({
  collectorUrl,
  pages = {},
  scripts = {},
  headers = {},
  ...tag
}: SiteOptions): Promise<Site> {
  const line = snippet({ src: `${collectorUrl}/filrouge.js`, writeKey: 'wk', ...tag });
  const requests: Site['requests'] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').replace(/[?#].*/, '');
    requests.push({ path, headers: request.headers });
    if (/^\/(dist|node_modules)\//.test(path)) {
      response.writeHead(200, { 'Content-Type': 'text/javascript' });
      return void response.end(readModule(path));
    }
    if (scripts[path]) {
      response.writeHead(200, { 'Content-Type': 'text/javascript' });
      return void response.end(scripts[path]);
    }
    if (path === '/hold') return;
    if (path === '/favicon.ico') return void response.writeHead(204).end();
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ...headers });
    const head = path === '/plain' ? '' : line;
    response.end(
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${path}</title>${head}</head><body>${pages[path] ?? `<h1>${path}</h1>`}</body></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    otherUrl: `http://localhost:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A built module; browsers do not know packages by their names. */
function readModule(path: string): string {
  const code = readFileSync(new URL(`../..${path}`, import.meta.url), 'utf8');
  return code.replace(/from 'idb-keyval'/, "from '/node_modules/idb-keyval/dist/index.js'");
}
