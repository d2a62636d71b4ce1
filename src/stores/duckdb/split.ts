const QUOTE = 34;
const COMMA = 44;
const OPEN_LIST = 91;
const BACKSLASH = 92;
const CLOSE_LIST = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const BATCH = Buffer.from('batch');

/**
 * Cuts the body of a record, which was parsed as JSON before and gave `count` events, into the bytes of these events: so
 * that they are stored as they came, without being written as JSON again. Undefined where the bytes might not be the ones
 * that the parser took (a second `batch`, a key with escapes): then who asked has to write the events.
 */
export function splitEvents(body: Uint8Array, count: number): Uint8Array[] | undefined {
  const start = skipSpace(body, body[0] === 0xef ? 3 : 0);
  const found = body[start] === OPEN_LIST ? elements(body, start).found : findBatch(body, start);
  return found?.length === count ? found : undefined;
}

/** The elements of the one member `batch` of an object; the object itself when it has none. */
function findBatch(body: Uint8Array, start: number): Uint8Array[] | undefined {
  let found: Uint8Array[] | undefined;
  let i = skipSpace(body, start + 1);
  while (body[i] === QUOTE) {
    const key = body.subarray(i + 1, endOfText(body, i) - 1);
    if (key.includes(BACKSLASH)) return undefined;
    // Behind the key are a colon and the value, with or without space.
    const value = skipSpace(body, skipSpace(body, i + key.length + 2) + 1);
    let end: number;
    if (BATCH.equals(key)) {
      if (found || body[value] !== OPEN_LIST) return undefined;
      ({ found, end } = elements(body, value));
    } else end = endOfValue(body, value);
    i = skipSpace(body, end);
    if (body[i] === COMMA) i = skipSpace(body, i + 1);
  }
  return found ?? [body.subarray(start, i + 1)];
}

/** The bytes of each element of the list that opens at an offset, and the offset behind the list. */
function elements(body: Uint8Array, open: number): { found: Uint8Array[]; end: number } {
  const found: Uint8Array[] = [];
  let i = skipSpace(body, open + 1);
  while (i < body.length && body[i] !== CLOSE_LIST) {
    const end = endOfValue(body, i);
    found.push(body.subarray(i, end));
    i = skipSpace(body, end);
    if (body[i] === COMMA) i = skipSpace(body, i + 1);
  }
  return { found, end: i + 1 };
}

/** The offset behind the value that begins at an offset. */
function endOfValue(body: Uint8Array, start: number): number {
  let depth = 0;
  for (let i = start; i < body.length; i += 1) {
    const byte = body[i];
    if (byte === QUOTE) {
      i = endOfText(body, i) - 1;
      if (depth === 0) return i + 1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1;
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (depth === 0) return i;
      depth -= 1;
      if (depth === 0) return i + 1;
    } else if (byte === COMMA && depth === 0) return i;
  }
  return body.length;
}

/** The offset behind the quote that ends the text which begins at an offset. */
function endOfText(body: Uint8Array, start: number): number {
  let i = start + 1;
  while (i < body.length && body[i] !== QUOTE) i += body[i] === BACKSLASH ? 2 : 1;
  return i + 1;
}

function skipSpace(body: Uint8Array, from: number): number {
  let i = from;
  while (i < body.length && (body[i] ?? 0) <= 32) i += 1;
  return i;
}
