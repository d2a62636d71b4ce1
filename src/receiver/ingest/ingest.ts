import type { BatchAnswer, WireEvent } from '../../protocol/index.js';
import type { Checked } from '../check/validate.js';
import { errorFacts } from '../logger.js';
import { preflightHeaders } from '../origins.js';
import { JSON_HEADERS, type RawAnswer, type RawRequest, type Refusal, refuse } from '../request.js';
import { admit } from './admit.js';
import type { IngestParts } from './parts.js';
import { type IngestRoute, ingestRoute } from './routes.js';
import { take } from './take.js';

/**
 * The way of a request: route, origin, body, key, check each event, consent, erased persons, log. Resolves once the
 * events are on disk; that is the acknowledgement. Never rejects.
 */
export function createIngest(parts: IngestParts): (request: RawRequest) => Promise<RawAnswer> {
  return async (request) => {
    const startedAt = performance.now();
    const cors = parts.origins.headers(request.header('origin'), request.header('host'));
    const headers = cors ? { ...JSON_HEADERS, ...cors } : JSON_HEADERS;
    let answer: RawAnswer;
    try {
      answer = await answerRequest(parts, request, cors, headers);
    } catch (error) {
      parts.logger.error('ingest-failed', errorFacts(error));
      answer = refuse({ code: 'internal-error' }, headers);
    }
    parts.metrics.answered(answer.status, (performance.now() - startedAt) / 1000);
    return answer;
  };
}

async function answerRequest(
  parts: IngestParts,
  request: RawRequest,
  cors: Record<string, string> | undefined,
  headers: Record<string, string>,
): Promise<RawAnswer> {
  const route = ingestRoute(request.target);
  const no = (refusal: Refusal, more?: Record<string, string>): RawAnswer => {
    parts.metrics.rejected(refusal.code, 'request');
    return refuse(refusal, more ? { ...headers, ...more } : headers);
  };
  if (!route) return no({ code: 'not-found' });
  if (!cors) return no({ code: 'wrong-origin' });
  if (request.method === 'OPTIONS') {
    const allowed = preflightHeaders(request.header('access-control-request-headers'));
    return { status: 204, headers: { ...cors, ...allowed }, body: '' };
  }
  if (request.method !== 'POST') return no({ code: 'wrong-method' }, { allow: 'POST, OPTIONS' });
  const obstacle = parts.obstacle();
  if (obstacle) return no({ code: obstacle });
  const taken = await admitAndTake(parts, request, route);
  if ('code' in taken) return no(taken);
  const { written, accepted, rejected, kept } = taken;
  try {
    await written;
  } catch (error) {
    parts.logger.error('log-failed', errorFacts(error));
    return no({ code: 'storage-unavailable' });
  }
  if (accepted) parts.metrics.accepted(accepted);
  for (const { code } of rejected) parts.metrics.rejected(code, 'event');
  const cookie = parts.renewal?.cookieFor(request, kept);
  return {
    status: 200,
    headers: cookie && !rejected.length ? { ...headers, 'set-cookie': cookie } : headers,
    body: say(accepted, rejected),
  };
}

/** What is left to say of a request whose events are on their way to the disk. */
interface OnItsWay {
  written: Promise<number> | undefined;
  accepted: number;
  rejected: Checked['rejected'];
  /** For the cookie, which is decided on last; empty where none is ever set. */
  kept: readonly WireEvent[];
}

/**
 * A function of its own, so that nobody holds the parsed events while the disk is busy: they would outlive several
 * collections of garbage. No `await` between `take` and `append`, see there.
 */
async function admitAndTake(parts: IngestParts, request: RawRequest, route: IngestRoute): Promise<OnItsWay | Refusal> {
  const sent = await admit(parts, request, route);
  if ('code' in sent) return sent;
  const { record, accepted, rejected, kept } = take(parts, request, route, sent);
  const written = record && parts.log.append(...record);
  return { written, accepted, rejected, kept: parts.renewal ? kept : [] };
}

function say(accepted: number, rejected: Checked['rejected']): string {
  if (!rejected.length) return `{"success":true,"accepted":${accepted}}`;
  const answer: BatchAnswer = { success: true, accepted, rejected };
  return JSON.stringify(answer);
}
