import type { Store } from '../../stores/contract.js';
import { asKnown } from '../answers/as-known.js';
import { BadQuery } from '../bad-query.js';
import { type ReportHandler, refuseReport } from '../http/answer.js';
import { csvLine } from '../http/csv.js';
import { type ParameterReader, readParameters, readQuestion } from '../http/parameters.js';
import { createContext, type ReportsOptions } from '../reports.js';
import { EXPORT_NAMES, EXPORT_TABLES, type ExportQuery, type ExportRow, type ExportTable } from './tables.js';

const PREFIX = '/v1/export/';
const ROWS_PER_CHUNK = 200;

/**
 * `GET /v1/export/{events|persons|touches|credits}?from&to&goal&lookback&bots&timezone&as-known-at&format=ndjson|csv`: all
 * rows, in a stream; without `from` and `to` of all time. Whoever calls this has checked the admin key. NDJSON is exact; in
 * CSV, text that a spreadsheet would run has an apostrophe before it. A stream that breaks off is not whole: it must be
 * asked again.
 */
export function exportRoutes(store: Store, options: ReportsOptions = {}): ReportHandler {
  const context = createContext(store, options);
  return async (request) => {
    const url = new URL(request.url);
    if (!url.pathname.startsWith(PREFIX)) return undefined;
    const name = EXPORT_NAMES.find((known) => PREFIX + known === url.pathname);
    if (!name) return refuseReport(404, 'not-found', `There is no such export; there are ${EXPORT_NAMES.join(', ')}.`);
    if (request.method !== 'GET')
      return refuseReport(405, 'wrong-method', 'Exports are read with GET.', { allow: 'GET' });
    try {
      const { format, ...query } = readParameters(url.searchParams, readQuery);
      const table = EXPORT_TABLES[name];
      const rows = table.rows(asKnown(context, query), query)[Symbol.asyncIterator]();
      // The first row before the answer: what is wrong with the question is found out now, not in the middle of a stream.
      const first = await rows.next();
      return new Response(streamOf(table, { first, rows, format }), {
        headers: {
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'content-type': format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
          'content-disposition': `attachment; filename="filrouge-${name}.${format}"`,
        },
      });
    } catch (error) {
      if (error instanceof BadQuery) return refuseReport(400, error.code, error.message);
      throw error;
    }
  };
}

type Format = 'ndjson' | 'csv';

function readQuery(given: ParameterReader): ExportQuery & { format: Format } {
  const question = readQuestion(given);
  return {
    ...question,
    from: question.from ?? '1970-01-01T00:00:00Z',
    format: given.oneOf('format', ['ndjson', 'csv']),
  };
}

function streamOf(
  { columns }: ExportTable,
  { first, rows, format }: { first: IteratorResult<ExportRow>; rows: AsyncIterator<ExportRow>; format: Format },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const names = columns.map(([name]) => name);
  const write = (row: ExportRow) =>
    format === 'csv' ? csvLine(names.map((name) => row[name] ?? undefined)) : `${JSON.stringify(row)}\n`;
  let next: IteratorResult<ExportRow> | undefined = first;
  let head = format === 'csv' ? csvLine(names) : '';
  return new ReadableStream({
    async pull(controller) {
      let text = head;
      head = '';
      for (let count = 0; count < ROWS_PER_CHUNK; count++) {
        const { done, value } = next ?? (await rows.next());
        next = undefined;
        if (done) {
          if (text) controller.enqueue(encoder.encode(text));
          return controller.close();
        }
        text += write(value);
      }
      controller.enqueue(encoder.encode(text));
    },
    async cancel() {
      await rows.return?.();
    },
  });
}
