import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, type Readable, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { csvRows } from './csv-rows.js';
import { ndjsonRows } from './ndjson-rows.js';
import { BadFile, type Rows } from './rows.js';

/** What a file may be written in. */
export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le';

/** How a file is to be read; what is left out is found out. */
export interface FileOptions {
  format?: 'csv' | 'ndjson' | undefined;
  delimiter?: string | undefined;
  encoding?: Encoding | undefined;
}

/** An open file of rows. */
export interface OpenFile extends Rows {
  /** Tells the state of a file from another; undefined for standard input. */
  version: string | undefined;
  /** The share that was read, 0 to 1; undefined where the size is not known. */
  share(): number | undefined;
}

/** Opens a CSV or NDJSON file, also with `.gz` behind; `-` is standard input. Rejects with `BadFile`. */
export async function openFile(path: string, options: FileOptions = {}): Promise<OpenFile> {
  const isStdin = path === '-';
  const facts = isStdin ? undefined : await stat(path).catch(() => undefined);
  if (!isStdin && !facts?.isFile()) throw new BadFile(`${path} cannot be read: there is no such file.`);
  const source = isStdin ? process.stdin : createReadStream(path);
  const text = decode(path.endsWith('.gz') ? [source, createGunzip()] : [source], options.encoding ?? 'utf-8');
  const format = options.format ?? (/\.(nd)?jsonl?(\.gz)?$/i.test(path) ? 'ndjson' : 'csv');
  const rows = format === 'ndjson' ? ndjsonRows(text) : await csvRows(text, options.delimiter);
  return {
    ...rows,
    version: facts && `${facts.size}-${facts.mtimeMs}`,
    share: () =>
      facts?.size && 'bytesRead' in source ? Math.min(Number(source.bytesRead) / facts.size, 1) : undefined,
  };
}

/** Bytes to text. A byte that the encoding does not have ends the import instead of becoming a question mark in a name. */
function decode([source, ...steps]: [Readable, ...Transform[]], encoding: Encoding): Readable {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const hint = encoding === 'utf-8' ? ' Exports of Excel are often --encoding windows-1252.' : '';
  const decoded = new Transform({
    readableObjectMode: false,
    encoding: 'utf8',
    transform(chunk: Buffer, _, done) {
      done(...read(() => decoder.decode(chunk, { stream: true })));
    },
    flush(done) {
      done(...read(() => decoder.decode()));
    },
  });
  const read = (next: () => string): [Error | null, string?] => {
    try {
      return [null, next()];
    } catch {
      return [new BadFile(`The file is not written in ${encoding}.${hint}`)];
    }
  };
  pipeline([source, ...steps, decoded], () => undefined);
  return decoded;
}
