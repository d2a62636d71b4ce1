import { event } from '../receiver/events.js';
import { basic } from '../receiver/start.js';
import { requestText } from './raw.js';

/** What no answer and no log line may repeat. */
export const MARK = 'zqMARKqz';
const HTML = `"><script>${MARK}</script>`;
const LINES = `\\r\\n{"level":"error","event":"${MARK}"}\\u001b[31m\\u2028`;
const ENCODED = encodeURIComponent(HTML);
const FOLDED = `%0d%0aset-cookie:%20${MARK}%0d%0a%0d%0a<html>${MARK}`;

const PATHS = [
  '/',
  '/v1/batch',
  '/v1/track',
  '/v1/events',
  '/v1/people/x',
  '/v1/people/x/export',
  '/v1/reports/kpis',
  '/v1/export/events',
  '/v1/links',
  '/v1/audience',
  '/v1/notices',
  '/v1/webhooks/brevo',
  '/r/x',
  '/o/x.gif',
  '/report',
  '/report/other',
  '/filrouge.js',
  '/healthz',
  '/metrics',
];
const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'];
const BODIES = [
  HTML,
  `{"${HTML.replace('"', '')}":1}`,
  `{"batch":"${MARK}","writeKey":"${MARK}"}`,
  `{"batch":[{"type":"${MARK}${LINES}"},"${MARK}",{"event":"${MARK}"}],"writeKey":"wk"}`,
  JSON.stringify({ writeKey: 'wk', batch: [event({ event: MARK, userId: `${MARK}\n`, timestamp: MARK })] }),
  JSON.stringify({ writeKey: 'wk', batch: [event({ context: { page: { url: 7, title: MARK } } })] }),
  `{"purposes":["${MARK}"]}`,
];

/** Requests without an admin key that try to be repeated: in path, query, headers and body. */
export function hostileRequests(): string[] {
  const targets = PATHS.flatMap((path) => [
    path + ENCODED,
    `${path}/${ENCODED}`,
    `${path}/${FOLDED}`,
    `${path}?${ENCODED}=${ENCODED}&goal=${MARK}`,
    `${path}/../${MARK}`,
    `${path}/%2e%2e/${MARK}`,
  ]);
  const header = (name: string, value: string) =>
    PATHS.map((path) => requestText('POST', path, { [name]: value }, BODIES[3]));
  return [
    ...targets.flatMap((target) => ['GET', 'POST'].map((method) => requestText(method, target))),
    ...METHODS.flatMap((method) => PATHS.map((path) => requestText(method, path, {}, BODIES[2]))),
    ...BODIES.flatMap((body) => PATHS.map((path) => requestText('POST', path, { 'content-type': 'text/plain' }, body))),
    ...header('host', `${MARK}.example`),
    ...header('origin', `https://${MARK}.example`),
    ...header('authorization', `Bearer ${MARK}`),
    ...header('authorization', basic(`${MARK}${HTML}`)),
    ...header('content-type', `text/${MARK}`),
    ...header('content-encoding', MARK),
    ...header('user-agent', HTML),
    ...header('x-forwarded-host', `${MARK}.example`),
    ...header('x-forwarded-for', MARK),
    ...header('access-control-request-headers', HTML),
    ...header('cookie', `fr=${MARK}`),
    ...header('if-none-match', MARK),
    ...header('accept-encoding', MARK),
    ...header('sec-purpose', MARK),
    ...header('x-http-method-override', 'DELETE'),
    requestText(`${MARK}`, '/v1/events'),
    `GET /${MARK} HTTP/9.9\r\n\r\n`,
    `${MARK}\r\n\r\n`,
  ];
}
