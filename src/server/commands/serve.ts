import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { readForwardSettings } from '../../forward/index.js';
import { type IntakeSettings, readIntakeSettings } from '../../intake/index.js';
import { checkKeys, jsonLogger, type Keys } from '../../receiver/index.js';
import type { Country } from '../../stores/persons/phone.js';
import { snippet } from '../../tag/snippet.js';
import { openDataDirectory, writePrivate } from '../data-dir.js';
import { type RunningServer, startServer } from '../start.js';
import {
  collect,
  collectOrigins,
  countryOption,
  failure,
  type Output,
  parsePort,
  type Surroundings,
} from './options.js';
import { addPrivacyOptions, type PrivacyFlags, privacyOptions, sayRetention } from './privacy-options.js';
import { addReportOptions, type ReportFlags, reportsOptions } from './report-options.js';

type ServeOptions = {
  port: number;
  host: string;
  data: string;
  writeKey?: string[];
  secretKey?: string[];
  adminKey?: string[];
  origin?: string[];
  store: 'duckdb' | 'memory';
  country?: Country;
  intake?: string;
  forward?: string;
} & PrivacyFlags &
  ReportFlags;

const EXAMPLES = `
Examples:
  $ filrouge serve --data ./data --origin https://shop.example
  $ filrouge serve --port 80 --host 0.0.0.0 --data /var/lib/filrouge \\
      --write-key wk_shop --admin-key "$ADMIN_KEY" --origin https://shop.example,https://www.shop.example
  $ FILROUGE_DATA=/var/lib/filrouge FILROUGE_ADMIN_KEY=… filrouge serve

Banner on standard output, logs as JSON lines on standard error. SIGTERM and Ctrl-C stop it without a loss.`;

/** Adds `filrouge serve`, which runs until it is asked to stop. */
export function addServe(program: Command, output: Surroundings): void {
  const command = program
    .command('serve')
    .description('run collector, reports and tag on one directory and one port')
    .addOption(
      new Option('--port <port>', 'port; 0 takes a free one').env('FILROUGE_PORT').default(8080).argParser(parsePort),
    )
    .addOption(
      new Option('--host <address>', 'address to listen on; 0.0.0.0 for all').env('FILROUGE_HOST').default('127.0.0.1'),
    )
    .addOption(new Option('--data <directory>', 'where everything is kept').env('FILROUGE_DATA').default('.filrouge'))
    .addOption(
      new Option('--write-key <key>', 'public key of browsers; made and kept when absent (repeatable)')
        .env('FILROUGE_WRITE_KEY')
        .argParser(collect),
    )
    .addOption(
      new Option('--secret-key <key>', 'key of servers, tills and imports (repeatable)')
        .env('FILROUGE_SECRET_KEY')
        .argParser(collect),
    )
    .addOption(
      new Option('--admin-key <key>', 'key for reports, events and people; without one they are off (repeatable)')
        .env('FILROUGE_ADMIN_KEY')
        .argParser(collect),
    )
    .addOption(
      new Option('--origin <origin>', 'site whose pages may send, or "*" (repeatable)')
        .env('FILROUGE_ORIGIN')
        .argParser(collectOrigins),
    )
    .addOption(
      countryOption(
        'country of phone numbers without a country code, e.g. FR; else "country" of the settings of --intake',
      ),
    )
    .addOption(
      new Option('--intake <file>', 'JSON file with the settings of webhooks and links').env('FILROUGE_INTAKE'),
    )
    .addOption(
      new Option('--forward <file>', 'JSON file with the destinations that get the events too').env('FILROUGE_FORWARD'),
    )
    .addOption(
      new Option('--store <engine>', 'where events are kept for reports')
        .env('FILROUGE_STORE')
        .choices(['duckdb', 'memory'])
        .default('duckdb'),
    );
  addReportOptions(addPrivacyOptions(command))
    .addHelpText('after', EXAMPLES)
    .action(async (options: ServeOptions) => {
      const writeKeys = options.writeKey ?? [await ownWriteKey(options.data)];
      const { intake: file, country } = options;
      const settings = file === undefined ? undefined : await readSettings(file, '--intake', readIntakeSettings);
      const intake = country === undefined ? settings : { ...settings, country };
      const server = await start(options, { writeKeys, intake }, output);
      output.out(
        banner(server, options, { writeKey: writeKeys[0] ?? '', webhooks: Object.keys(intake?.webhooks ?? {}) }),
      );
      await output.untilStopped();
      output.err('Stopping: finishing requests, applying what is on disk …\n');
      await server.close();
    });
}

async function start(
  options: ServeOptions,
  { writeKeys, intake }: { writeKeys: string[]; intake: IntakeSettings | undefined },
  output: Output,
): Promise<RunningServer> {
  const { port, host, data, secretKey, adminKey, origin, store, forward } = options;
  refuseSharedKeys({ write: writeKeys, secret: secretKey ?? [], admin: adminKey ?? [] });
  return startServer({
    port,
    host,
    store,
    dataDir: data,
    privacy: privacyOptions(options),
    reports: reportsOptions(options),
    writeKeys,
    logger: jsonLogger((line) => output.err(line)),
    ...(secretKey && { secretKeys: secretKey }),
    ...(adminKey && { adminKeys: adminKey }),
    ...(intake && { intake }),
    ...(forward !== undefined && { forward: await readSettings(forward, '--forward', readForwardSettings) }),
    ...(origin && { origins: origin.includes('*') ? '*' : origin }),
  });
}

/** Before anything is opened, and as the wrong usage that it is. */
function refuseSharedKeys(keys: Keys): void {
  try {
    checkKeys(keys);
  } catch (error) {
    throw failure(`${error instanceof Error ? error.message : error} Make another with: openssl rand -base64 24`, 2);
  }
}

async function readSettings<T>(
  file: string,
  flag: string,
  read: (text: string, environment: NodeJS.ProcessEnv) => T,
): Promise<T> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw failure(`${file} cannot be read: check the path that ${flag} names.`, 2);
  });
  try {
    return read(text, process.env);
  } catch (error) {
    throw failure(`${file}: ${error instanceof Error ? error.message : String(error)}`, 2);
  }
}

/** The key that an earlier start without --write-key made, or a new one: pages that carry it must go on working. */
async function ownWriteKey(data: string): Promise<string> {
  const { keys } = await openDataDirectory(data);
  const kept = await readFile(keys, 'utf8').catch(() => undefined);
  if (kept === undefined) {
    const writeKey = `wk_${randomBytes(12).toString('base64url')}`;
    await writePrivate(keys, `${JSON.stringify({ writeKey })}\n`);
    return writeKey;
  }
  try {
    const { writeKey } = JSON.parse(kept) as { writeKey?: unknown };
    if (typeof writeKey === 'string' && writeKey) return writeKey;
  } catch {
    // Falls through to the sentence below.
  }
  throw failure(`${keys} has no "writeKey": repair it, remove it, or give --write-key.`);
}

function banner(
  { url }: RunningServer,
  { data, adminKey, secretKey, origin, retain }: ServeOptions,
  { writeKey, webhooks }: { writeKey: string; webhooks: readonly string[] },
): string {
  const admin = adminKey ? '' : ' off: start with --admin-key (or FILROUGE_ADMIN_KEY) to read';
  const lines: [string, string][] = [
    ['Collector', `${url}/v1/batch`],
    ['Write key', writeKey],
    ['Secret keys', secretKey ? `${secretKey.length}` : 'none: servers use the write key and may not alias'],
    ['Origins', origin?.join(', ') ?? 'none: pages of other sites are refused; allow yours with --origin'],
    ['Retention', retain ? sayRetention(retain) : 'none: events are kept for ever; set days with --retain'],
    ['Report', admin || `${url}/report`],
    ['Events', admin || `${url}/v1/events`],
    ...webhooks.map((name): [string, string] => ['Webhook', `${url}/v1/webhooks/${name}`]),
    ['Health', `${url}/healthz`],
    ['Metrics', `${url}/metrics`],
    ['Data', resolve(data)],
  ];
  const table = lines.map(([name, value]) => `  ${name.padEnd(12)} ${value.trim()}`).join('\n');
  const tag = snippet({ src: `${url}/filrouge.js`, writeKey });
  return `filrouge is ready.\n\n${table}\n\nPaste into <head>:\n\n${tag}\n\n`;
}
