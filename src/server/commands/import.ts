import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import {
  BadFile,
  BadMapping,
  compileMapping,
  type FileOptions,
  type ImportSummary,
  importFile,
  MAPS,
  openFile,
  sendNotices,
} from '../../intake/index.js';
import type { Country } from '../../stores/persons/phone.js';
import { startServer } from '../start.js';
import { progressLines } from './import-progress.js';
import { countryOption, failure, type Output, urlOption } from './options.js';

interface ImportOptions extends FileOptions {
  map: string;
  url: string;
  secretKey?: string;
  data?: string;
  country?: Country;
  timezone?: string;
  dates?: 'ymd' | 'dmy' | 'mdy';
  decimal?: '.' | ',';
  rejected?: string;
}

const EXAMPLES = `
Examples:
  $ filrouge import receipts.csv --map till --secret-key "$SECRET_KEY" --timezone Europe/Paris --dates dmy --decimal ,
  $ filrouge import calls.ndjson --map calls --url https://c.shop.example --secret-key "$SECRET_KEY"
  $ filrouge import costs.csv --map costs --data /var/lib/filrouge
  $ filrouge import export.csv --map my-crm.json --secret-key "$SECRET_KEY"

Ready-made maps: ${Object.keys(MAPS).join(', ')}; their columns have English or French names. An own map is a JSON file:
  { "name": "my-crm", "event": "Call Ended", "id": ["$.id"], "at": "$.ended", "who": { "email": "$.mail" },
    "properties": { "duration": { "from": "$['Seconds spoken']", "as": "number" } }, "channel": "phone" }

Rows are told apart by the map's ids: importing a file twice changes nothing, and after a kill the same command goes on where it
stopped. Rows that cannot be taken go to FILE.rejected.csv (or .ndjson), with line and reason; when none can be, the command
fails. Addresses and numbers are hashed by the receiver.`;

/** Adds `filrouge import`. */
export function addImport(program: Command, output: Output): void {
  program
    .command('import')
    .description('bring in receipts, calls, orders, surveys, ad costs from a file')
    .argument('<file>', 'CSV with a header, or NDJSON; also .gz; - reads standard input')
    .requiredOption('--map <map>', `${Object.keys(MAPS).join(', ')}, or a JSON file`)
    .addOption(urlOption())
    .addOption(new Option('--secret-key <key>', 'secret key of the server').env('FILROUGE_SECRET_KEY'))
    .option('--data <directory>', 'write into this data directory, while no server runs on it')
    .addOption(countryOption('with --data: as for serve, of phone numbers without a country code'))
    .option('--timezone <zone>', 'of times without one, e.g. Europe/Paris (default UTC)')
    .addOption(new Option('--dates <order>', 'of dates like 21/11/2026').choices(['ymd', 'dmy', 'mdy']))
    .addOption(new Option('--decimal <sign>', 'before decimals').choices(['.', ',']))
    .addOption(new Option('--format <format>', 'form of the file (default: by its name)').choices(['csv', 'ndjson']))
    .option('--delimiter <sign>', 'between cells (default: the one that the header has)')
    .addOption(
      new Option('--encoding <encoding>', 'of the file (default utf-8)').choices(['utf-8', 'windows-1252', 'utf-16le']),
    )
    .option('--rejected <file>', 'where rows that were not taken go (default FILE.rejected.csv or .ndjson)')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, options: ImportOptions) => {
      if (options.data === undefined && options.secretKey === undefined) {
        throw failure('Give --secret-key for a running server, or --data for a data directory.', 2);
      }
      const map = await readMap(options);
      const { summary, rejectsPath } = await runImport(path, map, options, output);
      output.out(`${JSON.stringify(summary)}\n`);
      const { rows, taken, ignored, rejected } = summary;
      if (!rejected) return;
      const said = `${rejected} of ${rows} rows were not taken: ${rejectsPath} says why.`;
      if (!taken && !ignored) throw failure(said);
      output.err(`filrouge: ${said}\n`);
    });
}

async function readMap({ map, timezone, dates, decimal }: ImportOptions): Promise<object> {
  const over = { ...(timezone && { timezone }), ...(dates && { dates }), ...(decimal && { decimal }) };
  const known = Object.hasOwn(MAPS, map) ? MAPS[map] : undefined;
  if (known) return { ...known, ...over };
  const text = await readFile(map, 'utf8').catch(() => {
    throw failure(`There is no map "${map}": there are ${Object.keys(MAPS).join(', ')}, or name a JSON file.`, 2);
  });
  try {
    return { name: 'import', ...(JSON.parse(text) as object), ...over };
  } catch {
    throw failure(`${map} is not valid JSON.`, 2);
  }
}

async function runImport(
  path: string,
  map: object,
  options: ImportOptions,
  output: Output,
): Promise<{ summary: ImportSummary; rejectsPath: string }> {
  const { url, secretKey = '', data, format, delimiter, encoding } = options;
  try {
    const mapping = compileMapping(map);
    const file = await openFile(path, { format, delimiter, encoding });
    const target =
      data === undefined ? { url, secretKey, close: async () => undefined } : await openData(data, options.country);
    const ending = file.columns ? 'csv' : 'ndjson';
    const rejectsPath = options.rejected ?? `${path === '-' ? 'standard-input' : path}.rejected.${ending}`;
    try {
      const summary = await importFile({
        file,
        path,
        mapping,
        key: createHash('sha256')
          .update(JSON.stringify([map, data ?? url]))
          .digest('base64url'),
        send: sendNotices({ ...target, source: mapping.name ?? 'import' }),
        rejectsPath,
        onProgress: progressLines(output, file),
      });
      return { summary, rejectsPath };
    } finally {
      await target.close();
    }
  } catch (error) {
    if (error instanceof BadMapping) throw failure(`The map ${options.map}: ${error.message}`, 2);
    if (error instanceof BadFile) throw failure(error.message);
    throw error;
  }
}

/** A server of its own on the directory, for nobody but this import: the same checks, the same log. */
async function openData(
  dataDir: string,
  country: Country | undefined,
): Promise<{ url: string; secretKey: string; close(): Promise<void> }> {
  const [writeKey, secretKey] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
  const { url, close } = await startServer({
    dataDir,
    port: 0,
    writeKeys: [writeKey],
    secretKeys: [secretKey],
    intake: { country },
  });
  return { url, secretKey, close };
}
