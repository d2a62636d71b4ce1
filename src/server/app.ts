import type { AudienceBook } from '../audience/index.js';
import { askingStore, type Receiver, refuse, toResponse } from '../receiver/index.js';
import {
  audienceRoutes,
  createReports,
  exportRoutes,
  type ReportsOptions,
  reportAssets,
  reportRoutes,
} from '../report/index.js';
import type { Store } from '../stores/contract.js';
import { tagFiles } from './tag-files.js';

/** Options of `createApp`. */
export interface AppOptions {
  receiver: Receiver;
  store: Store;
  /** Where filrouge.js and the files beside it lie; default: the build of this package. */
  tagDirectory?: URL;
  reports?: ReportsOptions;
  /** The counts of the exempt measurement, for `GET /v1/reports/audience`. */
  audience?: AudienceBook;
}

/** One handler for everything: receiver, reports and their page, the browser tag. */
export interface App {
  fetch(request: Request): Promise<Response>;
}

/**
 * Puts receiver, reports and tag behind one web-standard handler. The page `/report` exists only with an admin key, for
 * without one it could show nothing.
 */
export function createApp({ receiver, store, tagDirectory, reports, audience }: AppOptions): App {
  const tag = tagFiles(tagDirectory ?? new URL('../', import.meta.url));
  const page = reportAssets(undefined, reports);
  const readers = [
    ...(audience ? [audienceRoutes(audience)] : []),
    reportRoutes(createReports(store, reports)),
    exportRoutes(store, reports),
  ];
  return {
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (/^\/v1\/(?:reports|export)\//.test(pathname)) {
        const answer = async (): Promise<Response> => {
          for (const ask of readers) {
            const answered = await ask(request);
            if (answered) return answered;
          }
          return notFound();
        };
        return (await receiver.guard(request)) ?? askingStore(store, answer);
      }
      if (pathname === '/report' || pathname.startsWith('/report/')) {
        return receiver.hasAdmin ? ((await page(request)) ?? notFound()) : notFound();
      }
      return (await tag(request)) ?? receiver.fetch(request);
    },
  };
}

function notFound(): Response {
  return toResponse(refuse({ code: 'not-found' }));
}
