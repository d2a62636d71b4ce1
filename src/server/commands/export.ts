import { createWriteStream } from 'node:fs';
import { mkdtemp, realpath, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Command, Option } from 'commander';
import { EXPORT_NAMES, type ExportName } from '../../report/index.js';
import { sayFileError } from '../file-error.js';
import { ask, parametersOf, type ServerAccess } from './ask.js';
import { failure, type Output, serverCommand } from './options.js';
import { writeParquet } from './parquet.js';

type ExportOptions = ServerAccess & {
  person?: boolean;
  format?: 'json' | 'ndjson' | 'csv' | 'parquet';
  out?: string;
};

const EXAMPLES = `
Examples:
  $ filrouge export events > events.ndjson
  $ filrouge export credits --from 2026-11-01 --format csv --out credits.csv
  $ filrouge export touches --format parquet --out touches.parquet
  $ filrouge export customer-4711 > person.json
  $ filrouge export customer-4711 --format csv > person.csv

A person's export is JSON or CSV; --person says that one is meant who is called like a table. Without --from everything is exported. The columns are in README, "Export". Parquet needs the package @duckdb/node-api.`;

/** Adds `filrouge export`: whole tables for other tools, or everything about one person; from the running server. */
export function addExport(program: Command, output: Output): void {
  serverCommand(program, 'export', 'write a whole table for other tools, or everything that is kept about a person')
    .argument('<what>', `${EXPORT_NAMES.join(', ')}; or any identifier of a person`)
    .addOption(new Option('--format <format>', 'form of the output').choices(['json', 'ndjson', 'csv', 'parquet']))
    .option('--person', 'a person is meant, also one who is called like a table')
    .option('--out <file>', 'write to a file; it appears when it is whole')
    .option('--from <date>', 'first day, e.g. 2026-11-01')
    .option('--to <date>', 'last day')
    .option('--goal <event>', 'the event that counts as a conversion')
    .option('--lookback <days>', 'days before a conversion in which touches count, e.g. 30 or 30,view:1,contact:90')
    .option('--as-known-at <date>', 'only what had been received by the end of this day, or by an instant')
    .option('--timezone <zone>', 'IANA time zone in which days begin')
    .option('--bots', 'automated traffic too')
    .addHelpText('after', EXAMPLES)
    .action((what: string, options: ExportOptions) => {
      const table = options.person ? undefined : EXPORT_NAMES.find((name) => name === what);
      return table ? exportTable(table, options, output) : exportPerson(what, options, output);
    });
}

async function exportPerson(identifier: string, options: ExportOptions, output: Output): Promise<void> {
  const { format = 'json', out } = options;
  if (format === 'ndjson' || format === 'parquet') throw failure('A person is exported as json or csv.', 2);
  const response = await ask(options, `/v1/people/${encodeURIComponent(identifier)}/export?format=${format}`);
  if (out !== undefined && response.body) return toFile(response.body, out);
  output.out(`${(await response.text()).trimEnd()}\n`);
}

async function exportTable(table: ExportName, options: ExportOptions, output: Output): Promise<void> {
  const { format = 'ndjson', out } = options;
  if (format === 'json') throw failure('A table is exported as ndjson, csv or parquet.', 2);
  if (format === 'parquet' && out === undefined) throw failure('Parquet is a file: name it with --out.', 2);
  const query = parametersOf(options);
  query.set('format', format === 'csv' ? 'csv' : 'ndjson');
  const { body } = await ask(options, `/v1/export/${table}?${query}`);
  if (!body) throw failure('The server sent nothing.');
  if (out === undefined) return print(body, output);
  await (format === 'parquet' ? toParquet(body, table, out) : toFile(body, out));
}

async function print(body: ReadableStream<Uint8Array>, output: Output): Promise<void> {
  const decoder = new TextDecoder();
  for await (const chunk of body) output.out(decoder.decode(chunk, { stream: true }));
}

/**
 * Half a file would look like a whole one: it gets its name at the end. A link is followed; a device or a pipe takes the
 * bytes itself, because a file with its name would replace it (`--out /dev/null` did, as root).
 */
async function toFile(body: ReadableStream<Uint8Array>, out: string): Promise<void> {
  const known = await stat(out).catch(() => undefined);
  const target = known ? await realpath(out) : out;
  const isFile = !known || known.isFile() || known.isDirectory();
  const partial = `${target}.partial`;
  try {
    await pipeline(Readable.from(body), createWriteStream(isFile ? partial : out));
    if (isFile) await rename(partial, target);
  } catch (error) {
    if (isFile) await rm(partial, { force: true });
    throw failure(`${out} could not be written: ${sayFileError(error)}`);
  }
}

async function toParquet(body: ReadableStream<Uint8Array>, table: ExportName, out: string): Promise<void> {
  const known = await stat(out).catch(() => undefined);
  if (known && !known.isFile()) throw failure(`${out} could not be written: Parquet needs a file.`);
  const target = known ? await realpath(out) : out;
  const directory = await mkdtemp(join(tmpdir(), 'filrouge-export-'));
  try {
    const rows = join(directory, 'rows.ndjson');
    await toFile(body, rows);
    await writeParquet(table, rows, `${target}.partial`);
    await rename(`${target}.partial`, target);
  } finally {
    await rm(directory, { recursive: true, force: true });
    await rm(`${target}.partial`, { force: true });
  }
}
