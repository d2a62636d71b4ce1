import type { EventType } from '../../protocol/index.js';

/** What an ingest path takes: a batch, or one event whose type the path implies. */
export type IngestRoute = 'batch' | EventType;

const LONG: readonly EventType[] = ['track', 'page', 'screen', 'identify', 'group', 'alias'];

// Servers use the long names (Segment's HTTP API), analytics.js the first letter, its batching mode /b.
const ROUTES: ReadonlyMap<string, IngestRoute> = new Map<string, IngestRoute>([
  ['/v1/batch', 'batch'],
  ['/v1/import', 'batch'],
  ['/v1/b', 'batch'],
  ...LONG.map((type): [string, IngestRoute] => [`/v1/${type}`, type]),
  ...LONG.map((type): [string, IngestRoute] => [`/v1/${type.charAt(0)}`, type]),
]);

/** The path of a request target, without query. */
function pathOf(target: string): string {
  const end = target.indexOf('?');
  return end < 0 ? target : target.slice(0, end);
}

/** What this request target takes, or undefined when it is no ingest route. A trailing slash is forgiven. */
export function ingestRoute(target: string): IngestRoute | undefined {
  const path = pathOf(target);
  return ROUTES.get(path) ?? (path.endsWith('/') ? ROUTES.get(path.slice(0, -1)) : undefined);
}

/** True for `POST /v1/audience`, page views of the exempt measurement, which have a way of their own. */
export function isAudienceRoute(target: string): boolean {
  return /^\/v1\/audience\/?$/.test(pathOf(target));
}
