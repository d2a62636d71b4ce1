import { BadQuery, badQuery } from '../bad-query.js';
import { CONSENT_GROUPS } from '../consent.js';
import { DELIVERY_GROUPS } from '../delivery.js';
import { KPI_GROUPS } from '../kpis.js';
import { DIMENSIONS } from '../labels.js';
import { PATH_MODEL_NAMES } from '../models/path-models.js';
import { PEOPLE_REPORT_NAMES, type PeopleReportName } from '../people/reports.js';
import { oneOf } from '../query.js';
import type { Reports } from '../reports.js';
import { answerReport, type ReportHandler, refuseReport } from './answer.js';
import { answerAudience, isAudience } from './audience-routes.js';
import { type ParameterReader, readParameters, readQuestion } from './parameters.js';

/** The reports that can be asked for by name. */
export const REPORT_NAMES: readonly ReportName[] = [
  'kpis',
  'attribution',
  'journeys',
  'delivery',
  'consent',
  ...PEOPLE_REPORT_NAMES,
];

/** One of them. */
export type ReportName = 'kpis' | 'attribution' | 'journeys' | 'delivery' | 'consent' | PeopleReportName;

/**
 * `GET /v1/reports/{name}?from&to&by&model&goal&lookback&bots&timezone&segment&limit&format=json|csv`, with the parameters
 * of single reports: `order`, `weights`, `half-life` (once `halflife`) and `bootstrap` of attribution models; `collapse`,
 * `drop-direct` and `cut` of paths; `window`, `follow`, `currency`, `steps`, `declared` and `bucket` of reports over people;
 * `examples` of `journeys`; `as-known-at` of all but `delivery` and `consent`; `max-age` and `newer-than` (age.ts) of all; and
 * `GET /v1/reports/explain?order={order id}`. Whoever calls this has checked the admin key. A parameter that does not exist or
 * has a wrong value is answered with 400 `bad-query`; one that the report does not use is ignored. Errors of the store are
 * thrown.
 */
export function reportRoutes(reports: Reports): ReportHandler {
  return async (request) => {
    const url = new URL(request.url);
    if (!url.pathname.startsWith(PREFIX)) return undefined;
    // Of another store; where there is one, its own handler answers before this one.
    if (isAudience(url)) return answerAudience(request);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuseReport(405, 'wrong-method', 'Reports are read with GET.', { allow: 'GET, HEAD' });
    }
    const name = REPORT_NAMES.find((known) => PREFIX + known === url.pathname);
    const isExplain = url.pathname === PREFIX + EXPLAIN;
    if (!name && !isExplain)
      return refuseReport(404, 'not-found', `There is no such report; there are ${REPORT_NAMES.join(', ')}.`);
    try {
      const query = readParameters(url.searchParams, readQuery);
      if (!name) return await explain(reports, query);
      const report: Parameters<typeof answerReport>[1] = await ask(reports, name, query);
      return answerReport(name, { ...report, rows: report.rows.slice(0, query.limit) }, query.format);
    } catch (error) {
      if (error instanceof BadQuery) return refuseReport(400, error.code, error.message);
      throw error;
    }
  };
}

const PREFIX = '/v1/reports/';

/** Not one of the reports that are asked for by name: it is about one conversion. */
const EXPLAIN = 'explain';

type Query = ReturnType<typeof readQuery>;

function readQuery(given: ParameterReader) {
  return {
    ...readQuestion(given),
    by: given.text('by'),
    model: given.text('model'),
    bootstrap: given.number('bootstrap'),
    limit: given.count('limit'),
    order: given.text('order'),
    weights: given.list('weights')?.map(Number),
    halfLifeDays: readHalfLife(given),
    game: given.oneOf('game', ['conversions', 'rate']),
    segment: given.text('segment'),
    windowDays: given.number('window'),
    followDays: given.number('follow'),
    lateMinutes: given.number('late'),
    currency: given.text('currency'),
    steps: given.list('steps'),
    declared: given.list('declared'),
    bucket: given.text('bucket'),
    maxAgeSeconds: given.number('max-age'),
    newerThan: given.text('newer-than'),
    examples: given.isOn('examples'),
    collapse: given.isOn('collapse'),
    dropDirect: given.isOn('drop-direct'),
    cut: given.isOn('cut'),
    format: given.oneOf('format', ['json', 'csv']),
  };
}

/** As the command line says it, and as it was said over HTTP before. */
function readHalfLife(given: ParameterReader): number | undefined {
  const [days, before] = [given.number('half-life'), given.number('halflife')];
  if (days !== undefined && before !== undefined)
    throw badQuery('halflife', before, 'left out: it is the old name of "half-life"');
  return days ?? before;
}

async function ask(reports: Reports, name: ReportName, query: Query) {
  if (name === 'kpis') {
    const { by, ...rest } = query;
    return reports.kpis({ ...rest, by: oneOf('by', by?.replace(',', '-'), KPI_GROUPS) });
  }
  if ((name === 'delivery' || name === 'consent') && query.asKnownAt !== undefined)
    throw badQuery('as-known-at', query.asKnownAt, 'left out: this is accounted for as it is known now');
  if (name === 'consent') return reports.consent({ ...query, by: oneOf('by', query.by, CONSENT_GROUPS) });
  if (name === 'delivery') return reports.delivery({ ...query, by: oneOf('by', query.by, DELIVERY_GROUPS) });
  const order = query.order === undefined ? undefined : Number(query.order);
  if (Number.isNaN(order)) throw badQuery('order', query.order, 'a whole number from 1 to 4');
  if (name !== 'journeys' && name !== 'attribution') return reports.people(name, { ...query, order });
  const by = oneOf('by', query.by, DIMENSIONS);
  if (name === 'journeys') return reports.journeys({ ...query, by });
  const model = query.model === undefined ? undefined : oneOf('model', query.model, PATH_MODEL_NAMES);
  return reports.attribution({ ...query, by, model, order });
}

async function explain(reports: Reports, { order, ...query }: Query): Promise<Response> {
  if (order === undefined) throw badQuery('order', '', 'an order id, or the message id of a conversion');
  const found = await reports.explain(order, query);
  if (!found) return refuseReport(404, 'not-found', 'No conversion has this order id.');
  return answerReport(EXPLAIN, found, query.format);
}
