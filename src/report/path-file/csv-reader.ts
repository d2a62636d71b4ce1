/** A record of a CSV file and the line on which it begins, from 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
  /** What stands between cells in this file. */
  delimiter: string;
}

/** The file is not CSV; the message says what is wrong there. */
export interface CsvOptions {
  /** Between cells; without one, the first of `,` `;` tab that occurs in the first record, outside quotes. */
  delimiter?: string | undefined;
  /** Makes the error for a record that is not CSV. */
  fail: (line: number, message: string) => Error;
}

/**
 * Reads CSV (RFC 4180) as it comes: cells in quotes may hold delimiters, line ends and doubled quotes; lines end with CRLF
 * or LF; empty lines are passed over; a byte order mark is not part of the first cell.
 */
export async function* readCsv(chunks: AsyncIterable<string>, options: CsvOptions): AsyncGenerator<CsvRecord> {
  let { delimiter } = options;
  for await (const { line, text } of readRecords(chunks, options)) {
    if (text === '') continue;
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
  return [',', ';', '\t'].find((one) => bare.includes(one)) ?? ',';
}

function splitQuoted(text: string, delimiter: string, fail: (message: string) => Error): string[] {
  const cells: string[] = [];
  for (let at = 0; ; ) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at);
      const cell = text.slice(at, end < 0 ? undefined : end);
      if (cell.includes('"'))
        throw fail('a quote stands inside a cell without quotes; put the cell in quotes and double it.');
      cells.push(cell);
      if (end < 0) return cells;
      at = end + delimiter.length;
      continue;
    }
    let end = text.indexOf('"', at + 1);
    while (text[end + 1] === '"') end = text.indexOf('"', end + 2);
    cells.push(text.slice(at + 1, end).replaceAll('""', '"'));
    if (end + 1 === text.length) return cells;
    if (!text.startsWith(delimiter, end + 1))
      throw fail('after a closing quote there must be a delimiter or the line end.');
    at = end + 1 + delimiter.length;
  }
}
