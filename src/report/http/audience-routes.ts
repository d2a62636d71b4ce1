import type { AudienceBook } from '../../audience/contract.js';
import { AUDIENCE_GROUPS, type AudienceQuery, reportAudience } from '../audience.js';
import { BadQuery } from '../bad-query.js';
import { type ParameterReader, readParameters } from './parameters.js';
import { answerReport, type ReportHandler, refuseReport } from './routes.js';

const PATH = '/v1/reports/audience';

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
      const { format, ...query } = readParameters(url.searchParams, readQuery);
      return answerReport('audience', await reportAudience(book, query), format);
    } catch (error) {
      if (error instanceof BadQuery) return refuseReport(400, error.code, error.message);
      throw error;
    }
  };
}

function readQuery(given: ParameterReader): AudienceQuery & { format: 'json' | 'csv' } {
  return {
    from: given.text('from'),
    to: given.text('to'),
    by: given.oneOf('by', AUDIENCE_GROUPS),
    site: given.text('site'),
    limit: given.count('limit'),
    bots: given.isOn('bots'),
    format: given.oneOf('format', ['json', 'csv']),
  };
}
