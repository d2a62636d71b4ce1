import type { Readable } from 'node:stream';
import { type CsvError, type Info, parse } from 'csv-parse';
import type { JsonObject } from '../../protocol/index.js';
import { readCell } from './rejects.js';
import { BadFile, type Row, type Rows } from './rows.js';

const MAX_ROW_CHARACTERS = 256 * 1024;
const OPEN_QUOTE = 'an open quote';
const MEND = 'Mend the file and import it again: rows that were taken already are not taken twice.';
const DELIMITERS = [';', ',', '\t', '|'] as const;

/**
 * The rows of a CSV file with a header. The delimiter is the one that the header has most of. Every row also has its cells under
 * plain names (`Date de vente` is `date_de_vente` too), so that ready-made maps find them. Rows with another number of cells, or
 * broken quotes, have a problem. Rejects with `BadFile` when there is no header.
 */
export async function csvRows(text: Readable, delimiter?: string): Promise<Rows> {
  const { head, rest } = await splitHeader(text);
  const found = delimiter ?? mostFrequent(head);
  const skipped: Row[] = [];
  const parser = parse({
    bom: true,
    delimiter: found,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: MAX_ROW_CHARACTERS,
    on_skip: (error: CsvError | undefined) => {
      skipped.push({ line: Number(error?.lines ?? 0), entry: undefined, problem: sayWhy(error), cells: '' });
      return undefined;
    },
  });
  const iterator = read(rest, parser)[Symbol.asyncIterator]();
  const first = await iterator.next();
  const columns = first.done ? undefined : first.value.record.map((name) => name.trim());
  if (!columns?.some(Boolean)) throw new BadFile('The file has no header: its first line must name the columns.');
  return { columns, delimiter: found, each: rowsOf(iterator, columns, skipped) };
}

interface Parsed {
  record: string[];
  info: Info;
}

async function* read(text: Readable, parser: ReturnType<typeof parse>): AsyncGenerator<Parsed> {
  text.on('error', (error) => parser.destroy(error));
  text.pipe(parser);
  for await (const parsed of parser) yield parsed as Parsed;
}

async function* rowsOf(
  records: AsyncIterator<Parsed>,
  columns: readonly string[],
  skipped: Row[],
): AsyncGenerator<Row> {
  const names = columns.map((name) => [name, plainName(name)] as const);
  const read = readCell(columns);
  let line = 1;
  // The parser counts CR LF inside quotes as two lines.
  let countedTwice = 0;
  for (let next = await records.next(); ; next = await records.next()) {
    // In the order of the file: the parser runs ahead, and tells of skipped rows before it gives the ones in front of them.
    const upTo = next.done ? Number.POSITIVE_INFINITY : next.value.info.lines;
    for (let row = skipped[0]; row && row.line <= upTo; row = skipped[0]) {
      // Where one row ends and the next begins is unknown from here on: going on would lose rows without a word.
      if (row.problem === OPEN_QUOTE)
        throw new BadFile(`A quote after line ${line} is not closed as it should. ${MEND}`);
      skipped.shift();
      line = row.line - countedTwice;
      yield { ...row, line };
    }
    if (next.done) return;
    const { info } = next.value;
    const record = next.value.record.map(read);
    countedTwice += next.value.record.join('').split('\r\n').length - 1;
    line = info.lines - countedTwice;
    const row = { line, cells: record };
    if (record.length === columns.length) yield { ...row, entry: entryOf(names, record) };
    else {
      const problem = `${record.length} cells, but the header has ${columns.length}`;
      yield { ...row, entry: undefined, problem };
    }
  }
}

function entryOf(names: readonly (readonly [string, string])[], record: readonly string[]): JsonObject {
  // Without a prototype: a column may be called like something that JavaScript gives every object.
  const entry: JsonObject = Object.create(null);
  record.forEach((cell, i) => {
    const [name, plain] = names[i] ?? ['', ''];
    if (plain) entry[plain] ??= cell.trim();
    if (name) entry[name] = cell.trim();
  });
  return entry;
}

/** Small letters and digits without accents, `_` for the rest. */
function plainName(name: string): string {
  const letters = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return letters.replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '');
}

/** The first line that is not empty, with its end. */
const HEADER = /^[\uFEFF\r\n]*([^\r\n]+)[\r\n]/;

/** Reads until the header is whole, and puts back what was read. */
async function splitHeader(text: Readable): Promise<{ head: string; rest: Readable }> {
  let start = '';
  for await (const chunk of text.iterator({ destroyOnReturn: false })) {
    start += String(chunk);
    if (HEADER.test(start) || start.length > MAX_ROW_CHARACTERS) break;
  }
  if (start) text.unshift(start);
  return { head: HEADER.exec(`${start}\n`)?.[1] ?? '', rest: text };
}

function mostFrequent(head: string): string {
  const bare = head.replace(/"(?:[^"]|"")*"/g, '');
  const counts = DELIMITERS.map((sign) => bare.split(sign).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function sayWhy(error: CsvError | undefined): string {
  const why: { [code: string]: string } = {
    CSV_MAX_RECORD_SIZE: OPEN_QUOTE,
    CSV_QUOTE_NOT_CLOSED: OPEN_QUOTE,
    INVALID_OPENING_QUOTE: 'a quote in the middle of a cell',
    CSV_INVALID_CLOSING_QUOTE: OPEN_QUOTE,
  };
  return why[error?.code ?? ''] ?? 'a row that is not CSV';
}
