import { badQuery } from '../bad-query.js';
import { createPacker, type PathTable, type Repeats } from '../models/path-table.js';
import { BadRow } from '../models/rows.js';
import { type DecimalMark, meantRow, numberReader, type RawRow, splitPath, textFrom } from './cells.js';
import { fieldOf, type Header, readHeader } from './columns.js';
import { readCsv } from './csv-reader.js';
import { judgeNames } from './judge-names.js';
import { readLines } from './lines.js';
import { withoutTotal } from './total-row.js';

/** The forms that files of paths have. */
export const PATH_FORMATS = ['csv', 'ndjson', 'json'] as const;

/** One of them. */
export type PathFormat = (typeof PATH_FORMATS)[number];

/** How to read a file of paths. */
export interface ReadPathsOptions extends Repeats {
  /** Between the channels of a path; default ` > `, or another arrow in a path without that. */
  separator?: string | undefined;
  /** Between the cells of a CSV; found out by default. */
  delimiter?: string | undefined;
  /** Default: NDJSON when the first character is `{`, one list of rows as JSON when it is `[`. */
  format?: PathFormat | undefined;
  /** The mark before decimals in a CSV; without it 1,234 is refused, for it may be a thousand. */
  decimal?: DecimalMark | undefined;
  /** Each row is one journey, so that 0 conversions are one journey without; default false. */
  journeys?: boolean | undefined;
}

/** The paths of a file, and what its reader should be told. */
export interface PathFile {
  table: PathTable;
  notices: string[];
}

/**
 * Reads paths from CSV, NDJSON or JSON, packing them as they come: from a stream of texts, or one text. Throws `BadRow` with
 * the line for whatever is wrong with the file, as a path file that is read half would give figures that look right, and
 * `BadQuery` for options. What `filrouge attribute` reads; its `attributeTable(table, model)` follows.
 */
export async function readPaths(
  chunks: AsyncIterable<string> | Iterable<string>,
  options: ReadPathsOptions = {},
): Promise<PathFile> {
  checkOptions(options);
  const packer = createPacker(options);
  const { separator, journeys = false } = options;
  const notices: string[] = [];
  const text = await peek(chunks);
  const format = options.format ?? formatOf(text.start);
  const add = (row: RawRow, place: string) => packer.add(meantRow(row, place, journeys), place);
  if (format === 'csv') await addRecords(text.all, options, { add, note: (message) => void notices.push(message) });
  if (format === 'ndjson') await addLines(text.all, separator, add);
  if (format === 'json') await addList(text.all, separator, add);
  const table = packer.pack();
  if (!journeys && format === 'csv') notices.push(...judgeCounts(table));
  return { table, notices: [...notices, ...judgeNames(table, separator)] };
}

function checkOptions({ format, decimal, separator, delimiter }: ReadPathsOptions): void {
  if (format !== undefined && !PATH_FORMATS.includes(format)) throw badQuery('format', format, PATH_FORMATS);
  if (decimal !== undefined && decimal !== '.' && decimal !== ',') throw badQuery('decimal', decimal, '"." or ","');
  if (separator === '') throw badQuery('separator', separator, 'what stands between channels');
  if (delimiter === '') throw badQuery('delimiter', delimiter, 'what stands between cells');
}

function formatOf(start: string): PathFormat {
  const [first] = start.replace(/^\uFEFF/, '').trimStart();
  return first === '{' ? 'ndjson' : first === '[' ? 'json' : 'csv';
}

type Add = (row: RawRow, place: string) => void;

/** Where rows and remarks go. */
interface Sink {
  add: Add;
  note: (message: string) => void;
}

async function addRecords(chunks: AsyncIterable<string>, options: ReadPathsOptions, sink: Sink): Promise<void> {
  const fail = (line: number, message: string) => new BadRow(`Line ${line}`, 'file', message);
  const numbers = numberReader(options.decimal, fail);
  const rows = withoutTotal(sink);
  let header: Header | undefined;
  for await (const { line, cells } of readCsv(chunks, { delimiter: options.delimiter, fail, note: sink.note })) {
    if (!header) {
      header = readHeader(cells, (message) => fail(line, message));
      header.notices.forEach(sink.note);
      continue;
    }
    const { fields } = header;
    const isFitting = cells.length === fields.length || cells.slice(fields.length).every((cell) => cell === '');
    // Excel leaves rows of empty cells, and empty cells at the end of rows.
    if (cells.every((cell) => cell === '')) continue;
    if (cells.length < fields.length || !isFitting)
      throw fail(line, `there are ${cells.length} cells; the header has ${fields.length}.`);
    const row: RawRow = {};
    fields.forEach((field, i) => {
      const cell = cells[i] ?? '';
      const text = field === 'path' ? cell : textFrom(cell);
      if (field === undefined || text === undefined) return;
      if (field === 'path' || field === 'times' || field === 'hours') row[field] = splitPath(text, options.separator);
      else row[field] = numbers.read(text, line, cells);
    });
    if (Array.isArray(row.times)) row.times = row.times.map(numberIfDigits);
    if (Array.isArray(row.hours)) row.hours = row.hours.map((one) => numbers.read(String(one), line, cells));
    rows.add(row, `Line ${line}`);
  }
  if (!header) throw fail(1, 'the file is empty; it needs a header with path and conversions.');
  numbers.check();
  rows.end();
}

/** Milliseconds are numbers; other times are dates. */
function numberIfDigits(time: unknown): unknown {
  return typeof time === 'string' && /^\d+$/.test(time) ? Number(time) : time;
}

/** In files with a row for each journey 0 means one without conversion, and nothing says so. */
function judgeCounts({ size, conversions, nulls }: PathTable): string[] {
  const isOfJourneys =
    size > 1 &&
    conversions.every((count) => count === 0 || count === 1) &&
    conversions.includes(0) &&
    nulls.every((count) => count === 0);
  return isOfJourneys ? ['If each row is one journey, say --journeys: then 0 conversions are a journey without.'] : [];
}

async function addLines(chunks: AsyncIterable<string>, separator: string | undefined, add: Add): Promise<void> {
  let line = 0;
  for await (const text of readLines(chunks)) {
    line += 1;
    if (text.trim() === '') continue;
    add(rowFromJson(parse(text, `Line ${line}`), separator, `Line ${line}`), `Line ${line}`);
  }
}

async function addList(chunks: AsyncIterable<string>, separator: string | undefined, add: Add): Promise<void> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  const rows = parse(text.replace(/^\uFEFF/, ''), 'File');
  if (!Array.isArray(rows)) throw new BadRow('File', 'file', 'this is not a list of rows.');
  rows.forEach((row: unknown, i) => {
    add(rowFromJson(row, separator, `Row ${i + 1}`), `Row ${i + 1}`);
  });
}

function parse(text: string, place: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRow(place, 'file', 'this is not JSON.');
  }
}

function rowFromJson(parsed: unknown, separator: string | undefined, place: string): RawRow {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new BadRow(place, 'file', 'this is not a JSON object.');
  const row: RawRow = {};
  for (const [name, value] of Object.entries(parsed)) {
    const field = name === 'lead' ? 'lead' : fieldOf(name);
    if (!field || value === null) continue;
    if (field in row) throw new BadRow(place, field, `"${name}" says again what another field says.`);
    const isText = typeof value === 'string' && (field === 'path' || field === 'times');
    row[field] = isText ? splitPath(value, separator) : value;
  }
  return row;
}

/** The beginning of a stream, without losing it. */
async function peek(chunks: Chunks): Promise<{ start: string; all: AsyncIterable<string> }> {
  const iterator = oneByOne(chunks);
  let start = '';
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    start += next.value;
    if (start.trim() !== '') break;
  }
  const begun = start;
  async function* all(): AsyncGenerator<string> {
    yield begun;
    yield* iterator;
  }
  return { start, all: all() };
}

type Chunks = AsyncIterable<string> | Iterable<string>;

async function* oneByOne(chunks: Chunks): AsyncGenerator<string> {
  if (typeof chunks === 'string') yield chunks;
  else yield* chunks;
}
