import type { AudienceBook } from '../audience/contract.js';
import type { AudienceView } from '../protocol/index.js';
import { type Agent, createAgentReader } from '../stores/stamp/agent.js';
import { readAudienceView } from './audience-view.js';
import type { IngestParts } from './ingest/parts.js';
import { errorFacts } from './logger.js';
import { preflightHeaders } from './origins.js';
import { JSON_HEADERS, type RawAnswer, type RawRequest, type Refusal, refuse } from './request.js';

/** Far more than a view can have. */
const MAX_BYTES = 4096;

/** What the exempt measurement needs of an ingest path; nothing of it writes events. */
type AudienceParts = Pick<IngestParts, 'origins' | 'keyKind' | 'limiter' | 'metrics' | 'logger'>;

/**
 * `POST /v1/audience`: one page view of the exempt measurement, counted at once and forgotten. Of the request's headers only
 * the User-Agent is read, for the class of the device; it, the address and the view itself are written nowhere. Resolves
 * when the counts are on disk. Cookies play no part, so the answer does not allow them across origins.
 */
export function createAudienceIngest(
  parts: AudienceParts,
  book: AudienceBook,
): (request: RawRequest) => Promise<RawAnswer> {
  const readAgent = createAgentReader();
  return async (request) => {
    const cors = corsOf(parts, request);
    const headers = { ...JSON_HEADERS, ...cors };
    const no = (refusal: Refusal, more?: Record<string, string>): RawAnswer => {
      parts.metrics.rejected(refusal.code, 'request');
      return refuse(refusal, { ...headers, ...more });
    };
    if (!cors) return no({ code: 'wrong-origin' });
    if (request.method === 'OPTIONS') {
      const allowed = preflightHeaders(request.header('access-control-request-headers'));
      return { status: 204, headers: { ...cors, ...allowed }, body: '' };
    }
    if (request.method !== 'POST') return no({ code: 'wrong-method' }, { allow: 'POST, OPTIONS' });
    const view = await admitView(parts, request);
    if ('code' in view) return no(view);
    const { device, automated } = readAgent(request.header('user-agent'));
    try {
      await book.add({
        site: view.writeKey,
        page: view.path,
        device: classOf(device, automated),
        entry: entryOf(view),
      });
    } catch (error) {
      parts.logger.error('audience-failed', errorFacts(error));
      return no({ code: 'storage-unavailable' });
    }
    parts.metrics.viewed();
    return { status: 200, headers, body: '{"success":true}' };
  };
}

function corsOf({ origins }: AudienceParts, request: RawRequest): Record<string, string> | undefined {
  const cors = origins.headers(request.header('origin'), request.header('host'));
  if (!cors) return undefined;
  const { 'access-control-allow-credentials': _, ...without } = cors;
  return without;
}

async function admitView(parts: AudienceParts, request: RawRequest): Promise<AudienceView | Refusal> {
  const { body } = request;
  if (body === 'too-large' || body.length > MAX_BYTES) return { code: 'too-large' };
  const crowd = await parts.limiter.byAddress(request);
  if (crowd) return { code: 'rate-limited', retryAfterSeconds: crowd };
  const view = readAudienceView(body);
  if (!view) return { code: 'bad-view' };
  if (parts.keyKind(view.writeKey) !== 'write') return { code: 'wrong-key' };
  const flood = await parts.limiter.byKey(view.writeKey);
  return flood ? { code: 'rate-limited', retryAfterSeconds: flood } : view;
}

function entryOf({ from, campaign }: AudienceView): { from: string; campaign: boolean } | undefined {
  return from === undefined ? undefined : { from, campaign: campaign === true };
}

/** A class that very many have in common, instead of a model. */
function classOf(device: Agent['device'], automated: boolean): string {
  if (automated || device === 'bot') return 'bot';
  return device && ['desktop', 'mobile', 'tablet', 'tv'].includes(device) ? device : 'other';
}
