import { Readable } from 'node:stream';
import { type CsvError, parse } from 'csv-parse';

/** A record of a CSV file and the line on which it begins, from 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/** How a file is read, and who is told what is wrong in it. */
export interface CsvOptions {
  /** Between cells; without one, the first of `,` `;` tab `|` that occurs in the first record, outside quotes. */
  delimiter?: string | undefined;
  /** Makes the error for a record that is not CSV. */
  fail: (line: number, message: string) => Error;
  /** Is told what was left out. */
  note?: ((message: string) => void) | undefined;
}

/**
 * Reads CSV (RFC 4180) as it comes: cells in quotes may hold delimiters, line ends and doubled quotes; lines end with CRLF
 * or LF; empty lines are passed over, spaces around cells too; a byte order mark is not part of the first cell. Before the
 * first record there may be Excel's `sep=;`, and remarks after `#`, as in exports of Google Analytics; after those, the first
 * empty line ends the table.
 */
export async function* readCsv(chunks: AsyncIterable<string>, options: CsvOptions): AsyncGenerator<CsvRecord> {
  const { header, table, ...before } = await readBefore(chunks);
  let broken: { record: number; message: string } | undefined;
  const parser = parse({
    delimiter: options.delimiter ?? before.delimiter ?? delimiterOf(header),
    record_delimiter: ['\n', '\r\n'],
    relax_column_count: true,
    trim: true,
    // The parser runs ahead: the records in front of a broken one come first, and tell on which line it begins. (They could
    // come with their lines, in twice the time.)
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined) => {
      broken ??= { record: Number(error?.records ?? 0), message: sayWhy(error) };
      return undefined;
    },
  });
  const text = Readable.from(table);
  text.on('error', (error) => parser.destroy(error));
  text.pipe(parser);
  let { line } = before;
  let records = 0;
  let isOver = false;
  for await (const cells of parser as AsyncIterable<string[]>) {
    if (broken && records === broken.record) break;
    records += 1;
    if (cells.length > 1 || cells[0]) {
      if (isOver) {
        options.note?.(`Only the first table was read; there is another one from line ${line}.`);
        return;
      }
      yield { line, cells };
    } else isOver = before.isRemarked;
    line += 1 + countLineEnds(cells);
  }
  if (broken) throw options.fail(line, broken.message);
}

/** What stands before the first record; `table` is the text from there on, `header` that record. */
interface Before {
  line: number;
  header: string;
  delimiter: string | undefined;
  isRemarked: boolean;
  table: AsyncIterable<string>;
}

async function readBefore(chunks: AsyncIterable<string>): Promise<Before> {
  const iterator = chunks[Symbol.asyncIterator]();
  let [text, line, isRemarked, isFirst] = ['', 1, false, true];
  let delimiter: string | undefined;
  for (;;) {
    const end = endOfRecord(text);
    const next = end < 0 ? await iterator.next() : undefined;
    if (next && !next.done) {
      text += next.value;
      if (isFirst) text = text.replace(/^\uFEFF/, '');
      isFirst &&= text === '';
      continue;
    }
    const header = (end < 0 ? text : text.slice(0, end)).replace(/\r$/, '');
    const isRemark = header.startsWith('#');
    const isHint = /^sep=.$/i.test(header);
    const isBefore = header === '' || isRemark || isHint;
    if (!isBefore || end < 0)
      return { line, header, delimiter, isRemarked, table: wholeCharacters(isBefore ? '' : text, iterator) };
    isRemarked ||= isRemark;
    if (isHint) delimiter ??= header.slice(4);
    text = text.slice(end + 1);
    line += 1;
  }
}

/** More is no header: a quote in it is not closed. */
const MOST_HEADER = 65_536;

/** The place of the line end that is not in quotes; -1 where there is none yet. */
function endOfRecord(text: string): number {
  const most = Math.min(text.length, MOST_HEADER);
  for (let at = 0, isQuoted = false; at < most; at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    if (text[at] === '\n' && !isQuoted) return at;
  }
  return text.length > MOST_HEADER ? text.indexOf('\n') : -1;
}

/** The text from here on, in pieces that end with a whole character: the parser reads bytes. */
async function* wholeCharacters(begun: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  let text = begun;
  for (let next = await rest.next(); ; next = await rest.next()) {
    const end = /[\uD800-\uDBFF]$/.test(text) && !next.done ? text.length - 1 : text.length;
    if (end > 0) yield text.slice(0, end);
    if (next.done) return;
    text = text.slice(end) + next.value;
  }
}

function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  return [',', ';', '\t', '|'].find((one) => bare.includes(one)) ?? ',';
}

function countLineEnds(cells: readonly string[]): number {
  let count = 0;
  for (const cell of cells) for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count += 1;
  return count;
}

function sayWhy(error: CsvError | undefined): string {
  if (error?.code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is opened here and never closed.';
  if (error?.code === 'INVALID_OPENING_QUOTE')
    return 'a quote stands inside a cell without quotes; put the cell in quotes and double it.';
  return 'after a closing quote there must be a delimiter or the line end.';
}
