import type { AudienceBook } from '../../audience/contract.js';
import { AUDIENCE_GROUPS, type AudienceQuery, reportAudience } from '../audience.js';
import { BadQuery } from '../bad-query.js';
import { answerReport, type ReportHandler, refuseReport } from './answer.js';
import { type ParameterReader, readParameters } from './parameters.js';

/**
 * `GET /v1/reports/audience?from&to&by&site&limit&bots&format=json|csv`: the exempt measurement. A handler of its own, for it
 * reads another store than all other reports. Whoever calls it has checked the admin key.
 */
export function audienceRoutes(book: AudienceBook): ReportHandler {
  return async (request) => (isAudience(new URL(request.url)) ? answerAudience(request, book) : undefined);
}

/** True for the address of this report. */
export function isAudience({ pathname }: URL): boolean {
  return pathname === '/v1/reports/audience';
}

/** The report as it was asked for; without a book one that has no rows and says why: the page asks every receiver. */
export async function answerAudience(request: Request, book?: AudienceBook): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refuseReport(405, 'wrong-method', 'Reports are read with GET.', { allow: 'GET, HEAD' });
  }
  try {
    const { format, ...query } = readParameters(new URL(request.url).searchParams, readQuery);
    const report = book
      ? await reportAudience(book, query)
      : { ...NO_AUDIENCE, by: query.by, asOf: new Date().toISOString() };
    return answerReport('audience', report, format);
  } catch (error) {
    if (error instanceof BadQuery) return refuseReport(400, error.code, error.message);
    throw error;
  }
}

const NO_AUDIENCE = {
  rows: [],
  totals: { views: 0, entries: 0 },
  notices: ['This receiver counts no audience without consent.'],
};

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
