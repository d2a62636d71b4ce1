import type { Readable } from 'node:stream';
import { isObject } from '../../protocol/index.js';
import type { Row, Rows } from './rows.js';

const MAX_LINE_CHARACTERS = 256 * 1024;

/** The rows of a file with one JSON object a line. A line that is none has a problem; empty lines are left out. */
export function ndjsonRows(text: Readable): Rows {
  return { columns: undefined, delimiter: undefined, each: rowsOf(linesOf(text)) };
}

async function* rowsOf(lines: AsyncIterable<string | undefined>): AsyncGenerator<Row> {
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text === undefined) yield { line, entry: undefined, problem: 'a line of more than 256 KiB', cells: '' };
    else if (text.trim()) yield { line, cells: text, ...parse(text) };
  }
}

function parse(text: string): Pick<Row, 'entry' | 'problem'> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return { entry: value };
  } catch {
    // Says the same as the line below.
  }
  return { entry: undefined, problem: 'not a JSON object' };
}

/** Lines, undefined for one that is too long; node:readline would keep all of such a line in memory. */
async function* linesOf(text: Readable): AsyncGenerator<string | undefined> {
  let rest = '';
  let isLong = false;
  for await (const chunk of text) {
    const parts = (rest + String(chunk)).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      yield isLong || part.length > MAX_LINE_CHARACTERS ? undefined : part;
      isLong = false;
    }
    if (rest.length > MAX_LINE_CHARACTERS) {
      isLong = true;
      rest = '';
    }
  }
  if (rest || isLong) yield isLong ? undefined : rest;
}
