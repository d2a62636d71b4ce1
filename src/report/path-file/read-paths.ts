import { createPacker, type PathTable, type Repeats } from '../models/path-table.js';
import { BadRow } from '../models/rows.js';
import { fieldOf, namesOf, type PathField, rowFromTexts, splitPath } from './columns.js';
import { readCsv, readLines } from './csv-reader.js';

/** How to read a file of paths. */
export interface ReadPathsOptions extends Repeats {
  /** Between the channels of a path; default ` > `. */
  separator?: string | undefined;
  /** Between the cells of a CSV; found out by default. */
  delimiter?: string | undefined;
  /** Default: NDJSON when the first character is `{`. */
  format?: 'csv' | 'ndjson' | undefined;
}

/** The paths of a file, and what its reader should be told. */
export interface PathFile {
  table: PathTable;
  notices: string[];
}

/** The separator of channels unless told. */
export const SEPARATOR = ' > ';

/**
 * Reads paths from CSV or NDJSON, packing them as they come. Throws `BadRow` with the line for whatever is wrong with the
 * file: a path file that is read half would give figures that look right.
 */
export async function readPaths(chunks: AsyncIterable<string>, options: ReadPathsOptions = {}): Promise<PathFile> {
  const packer = createPacker(options);
  const separator = options.separator ?? SEPARATOR;
  const text = await peek(chunks);
  const format = options.format ?? (/^\uFEFF?\s*\{/.test(text.start) ? 'ndjson' : 'csv');
  const found = { notices: [] as string[], rows: 0 };
  if (format === 'ndjson') found.rows = await addLines(text.all, separator, packer.add);
  else found.notices = await addRecords(text.all, { ...options, separator }, packer.add);
  const table = packer.pack();
  found.notices.push(...judgeSeparator(table, separator, options.separator === undefined));
  return { table, notices: found.notices };
}

type Add = (row: unknown, place: string) => void;

async function addRecords(chunks: AsyncIterable<string>, options: ReadPathsOptions & { separator: string }, add: Add) {
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

async function addLines(chunks: AsyncIterable<string>, separator: string, add: Add): Promise<number> {
  let line = 0;
  for await (const text of readLines(chunks)) {
    line += 1;
    if (text.trim() === '') continue;
    add(rowFromJson(text, separator, `Line ${line}`), `Line ${line}`);
  }
  return line;
}

function rowFromJson(text: string, separator: string, place: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new BadRow(place, 'file', 'this is not JSON.');
  }
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

/** What stands between channels in the files of others; a longer one before those within it. */
const ARROWS = ['>>>', '->', '=>', '→', '>'];
/** These may as well be part of a name. */
const BARS = ['|', ';', '^'];

/** With the wrong separator every path is one odd channel, and the figures look fine. */
function judgeSeparator({ channels, touches, size }: PathTable, separator: string, isDefault: boolean): string[] {
  const isAlone = isDefault && touches.length === size;
  for (const other of isAlone ? [...ARROWS, ...BARS] : ARROWS) {
    const odd = separator.trim() === separator ? undefined : channels.find((name) => name.includes(other));
    if (odd === undefined) continue;
    const hint = `say --separator "${other}" if these are several channels`;
    if (isAlone && ARROWS.includes(other))
      throw new BadRow(
        'File',
        'path',
        `no path has the separator "${separator}", but some have "${other}", e.g. ${JSON.stringify(odd)}; ${hint}.`,
      );
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
