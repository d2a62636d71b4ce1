/** A record of a CSV file and the line on which it begins, from 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
  /** What stands between cells in this file. */
  delimiter: string;
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
 * or LF; empty lines are passed over; a byte order mark is not part of the first cell. Before the first record there may be
 * Excel's `sep=;`, and remarks after `#`, as in exports of Google Analytics; after those, the first empty line ends the table.
 *
 * Not by csv-parse, with which files of orders are imported: it needs several times as long for a row, and a million paths are
 * to be read and modelled in seconds.
 */
export async function* readCsv(chunks: AsyncIterable<string>, options: CsvOptions): AsyncGenerator<CsvRecord> {
  let { delimiter } = options;
  let [isRemarked, isBegun, isOver] = [false, false, false];
  for await (const { line, text } of readRecords(chunks, options)) {
    if (text === '') {
      isOver = isRemarked && isBegun;
      continue;
    }
    if (isOver) {
      options.note?.(`Only the first table was read; there is another one from line ${line}.`);
      return;
    }
    if (!isBegun && text.startsWith('#')) {
      isRemarked = true;
      continue;
    }
    if (!isBegun && /^sep=.$/i.test(text)) {
      delimiter ??= text.slice(4);
      continue;
    }
    isBegun = true;
    delimiter ??= delimiterOf(text);
    yield {
      line,
      delimiter,
      cells: text.includes('"')
        ? splitQuoted(text, delimiter, (say) => options.fail(line, say))
        : text.split(delimiter),
    };
  }
}

/** Records as text: a line, and the following ones as long as a quote is open. */
async function* readRecords(chunks: AsyncIterable<string>, { fail }: CsvOptions) {
  let line = 1;
  let open: { line: number; text: string } | undefined;
  for await (const text of readLines(chunks)) {
    const record = open ? { line: open.line, text: `${open.text}\n${text}` } : { line, text };
    line += 1;
    // A quote that opens or closes changes the state, a doubled one changes it twice.
    const isOpen = (open !== undefined) !== (countQuotes(text) % 2 === 1);
    open = isOpen ? record : undefined;
    if (!isOpen) yield { line: record.line, text: record.text.endsWith('\r') ? record.text.slice(0, -1) : record.text };
  }
  if (open) throw fail(open.line, 'a quote is opened here and never closed.');
}

/** Lines without their LF. */
export async function* readLines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  let isFirst = true;
  for await (const chunk of chunks) {
    const text = rest + (isFirst ? chunk.replace(/^\uFEFF/, '') : chunk);
    if (chunk) isFirst = false;
    const lines = text.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest) yield rest;
}

function countQuotes(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) count += 1;
  return count;
}

function delimiterOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  return [',', ';', '\t', '|'].find((one) => bare.includes(one)) ?? ',';
}

function splitQuoted(text: string, delimiter: string, fail: (message: string) => Error): string[] {
  const cells: string[] = [];
  for (let at = 0; ; ) {
    const start = afterSpaces(text, at, delimiter);
    if (text[start] !== '"') {
      const end = text.indexOf(delimiter, at);
      const cell = text.slice(at, end < 0 ? undefined : end);
      if (cell.includes('"'))
        throw fail('a quote stands inside a cell without quotes; put the cell in quotes and double it.');
      cells.push(cell);
      if (end < 0) return cells;
      at = end + delimiter.length;
      continue;
    }
    let end = text.indexOf('"', start + 1);
    while (text[end + 1] === '"') end = text.indexOf('"', end + 2);
    cells.push(text.slice(start + 1, end).replaceAll('""', '"'));
    const next = afterSpaces(text, end + 1, delimiter);
    if (next === text.length) return cells;
    if (!text.startsWith(delimiter, next))
      throw fail('after a closing quote there must be a delimiter or the line end.');
    at = next + delimiter.length;
  }
}

/** Some programs write a space between delimiter and quote. */
function afterSpaces(text: string, from: number, delimiter: string): number {
  let at = from;
  while (text[at] === ' ' && delimiter !== ' ') at += 1;
  return at;
}
