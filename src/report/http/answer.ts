import type { ReasonCode } from '../../protocol/index.js';
import { toCsv } from './csv.js';
import { type EmptyReport, emptyHead } from './csv-head.js';

/** Answers a request, or undefined when the path is not one of its own. */
export type ReportHandler = (request: Request) => Promise<Response | undefined>;

/** A report as JSON or CSV. */
export function answerReport(
  name: string,
  report: EmptyReport & { rows: readonly object[]; asOf: string },
  format: 'json' | 'csv',
): Response {
  const headers = {
    // Reports are about people and change with every event: no cache keeps them.
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // A list of rows has no place to say it.
    'last-modified': new Date(report.asOf).toUTCString(),
  };
  if (format === 'json') return Response.json(report, { headers });
  return new Response(toCsv(report.rows, report.rows.length ? [] : emptyHead(name, report)), {
    headers: {
      ...headers,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="filrouge-${name}.csv"`,
    },
  });
}

/** Why there is none: as JSON, whatever form was asked for, as every refusal over HTTP. */
export function refuseReport(
  status: number,
  code: ReasonCode,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json(
    { success: false, error: { code, message } },
    { status, headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...headers } },
  );
}
