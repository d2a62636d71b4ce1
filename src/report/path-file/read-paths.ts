import { createPacker, type PathTable, type Repeats } from '../models/path-table.js';
import { BadRow } from '../models/rows.js';
import { fieldOf, namesOf, type PathField, rowFromTexts, splitPath } from './columns.js';
import { readCsv, readLines } from './csv-reader.js';

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
}

/** The paths of a file, and what its reader should be told. */
export interface PathFile {
  table: PathTable;
  notices: string[];
}

/**
 * Reads paths from CSV, NDJSON or JSON, packing them as they come. Throws `BadRow` with the line for whatever is wrong with the
 * file: a path file that is read half would give figures that look right.
 */
export async function readPaths(chunks: AsyncIterable<string>, options: ReadPathsOptions = {}): Promise<PathFile> {
  const packer = createPacker(options);
  const { separator } = options;
  const text = await peek(chunks);
  const format = options.format ?? formatOf(text.start);
  const notices = format === 'csv' ? await addRecords(text.all, options, packer.add) : [];
  if (format === 'ndjson') await addLines(text.all, separator, packer.add);
  if (format === 'json') await addList(text.all, separator, packer.add);
  const table = packer.pack();
  return { table, notices: [...notices, ...(separator === undefined ? judgeNames(table) : [])] };
}

function formatOf(start: string): PathFormat {
  const [first] = start.replace(/^\uFEFF/, '').trimStart();
  return first === '{' ? 'ndjson' : first === '[' ? 'json' : 'csv';
}

type Add = (row: unknown, place: string) => void;

async function addRecords(chunks: AsyncIterable<string>, options: ReadPathsOptions, add: Add): Promise<string[]> {
  let columns: (PathField | undefined)[] | undefined;
  const ignored: string[] = [];
  const fail = (line: number, message: string) => new BadRow(`Line ${line}`, 'file', message);
  for await (const { line, cells, delimiter } of readCsv(chunks, { delimiter: options.delimiter, fail })) {
    if (!columns) {
      columns = readHeader(cells, (message) => fail(line, message));
      ignored.push(...cells.filter((name, i) => name !== '' && columns?.[i] === undefined));
      continue;
    }
    if (cells.length !== columns.length)
      throw fail(line, `there are ${cells.length} cells; the header has ${columns.length}.`);
    const texts = new Map<PathField, string>();
    columns.forEach((field, i) => {
      if (field) texts.set(field, cells[i] ?? '');
    });
    add(rowFromTexts(texts, { separator: options.separator, comma: delimiter !== ',' }), `Line ${line}`);
  }
  if (!columns) throw fail(1, 'the file is empty; it needs a header with path and conversions.');
  return ignored.length ? [`Columns that were not used: ${ignored.join(', ')}.`] : [];
}

function readHeader(cells: readonly string[], fail: (message: string) => Error): (PathField | undefined)[] {
  const fields = cells.map(fieldOf);
  for (const field of ['path', 'conversions'] as const) {
    if (!fields.includes(field))
      throw fail(
        `the header has no column ${namesOf(field)}; it has ${cells.map((cell) => JSON.stringify(cell)).join(', ')}.`,
      );
  }
  fields.forEach((field, i) => {
    if (field && fields.indexOf(field) !== i)
      throw fail(`the columns "${cells[fields.indexOf(field)]}" and "${cells[i]}" are the same thing.`);
  });
  return fields;
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

function rowFromJson(parsed: unknown, separator: string | undefined, place: string): unknown {
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new BadRow(place, 'file', 'this is not a JSON object.');
  const row: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parsed)) {
    const field = name === 'lead' ? 'lead' : fieldOf(name);
    if (!field || value === null) continue;
    if (field in row) throw new BadRow(place, field, `"${name}" says again what another field says.`);
    const isText = typeof value === 'string' && (field === 'path' || field === 'times');
    row[field] = isText ? splitPath(value, separator) : value;
  }
  return row;
}

/** What may stand between channels, and may as well be part of a name. */
const BARS = ['|', ';', '^', ','];

/** With the wrong separator every path is one odd channel, and the figures look fine. */
function judgeNames({ channels, touches, size }: PathTable): string[] {
  const doubtful = touches.length === size ? ['>', ...BARS] : ['>'];
  for (const other of doubtful) {
    const odd = channels.find((name) => name.includes(other));
    if (odd === undefined) continue;
    const hint = `say --separator "${other}" if these are several channels`;
    return [`Some channel names contain "${other}", e.g. ${JSON.stringify(odd)}; ${hint}.`];
  }
  return [];
}

/** The beginning of a stream, without losing it. */
async function peek(chunks: AsyncIterable<string>): Promise<{ start: string; all: AsyncIterable<string> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let start = '';
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
    start += next.value;
    if (start.trim() !== '') break;
  }
  const begun = start;
  async function* all(): AsyncGenerator<string> {
    yield begun;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
  }
  return { start, all: all() };
}
