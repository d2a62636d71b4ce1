import type { AudienceBook } from '../audience/contract.js';
import { AUDIENCE_GROUPS, type AudienceQuery, reportAudience } from './audience.js';
import { BadQuery, badQuery } from './bad-query.js';
import { oneOf, readSwitch } from './query.js';
import { answerReport, type ReportHandler, refuseReport } from './routes.js';

const PATH = '/v1/reports/audience';
const PARAMETERS = ['from', 'to', 'by', 'site', 'limit', 'bots', 'format'];

/**
 * `GET /v1/reports/audience?from&to&by&site&limit&bots&format=json|csv`: the exempt measurement. A handler of its own, for it
 * reads another store than all other reports. Whoever calls it has checked the admin key.
 */
export function audienceRoutes(book: AudienceBook): ReportHandler {
  return async (request) => {
    const url = new URL(request.url);
    if (url.pathname !== PATH) return undefined;
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuseReport(405, 'wrong-method', 'Reports are read with GET.', { allow: 'GET, HEAD' });
    }
    try {
      const { format, ...query } = readQuery(url.searchParams);
      return answerReport('audience', await reportAudience(book, query), format);
    } catch (error) {
      if (error instanceof BadQuery) return refuseReport(400, error.code, error.message);
      throw error;
    }
  };
}

function readQuery(parameters: URLSearchParams): AudienceQuery & { format: 'json' | 'csv' } {
  for (const name of parameters.keys()) {
    if (!PARAMETERS.includes(name)) {
      throw badQuery(name, parameters.get(name), `left out: the parameters are ${PARAMETERS.join(', ')}`);
    }
  }
  const text = (name: string) => parameters.get(name) || undefined;
  const limit = text('limit');
  if (limit !== undefined && !/^[1-9]\d{0,8}$/.test(limit)) throw badQuery('limit', limit, 'a whole number from 1');
  return {
    from: text('from'),
    to: text('to'),
    by: oneOf('by', text('by'), AUDIENCE_GROUPS),
    site: text('site'),
    limit: limit === undefined ? undefined : Number(limit),
    bots: readSwitch('bots', text('bots')),
    format: oneOf('format', text('format'), ['json', 'csv']),
  };
}
