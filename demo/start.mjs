import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildWhereNeeded } from './build.mjs';

const USAGE = `Usage: npm run demo -- [options]

  --port N    Shop on port N, receiver on N + 1 (default 4310 and 4311)
  --data DIR  Where events are kept between runs (default demo/.data)
  --empty     Begin a new data directory without simulated visitors
  --fresh     Forget what an earlier run kept
  --help      Show this`;

await main();

async function main() {
  const options = readOptions();
  try {
    buildWhereNeeded(console.log);
  } catch (error) {
    fail(error);
  }
  if (options.fresh) await rm(options.dataDir, { recursive: true, force: true });
  if (!options.empty && !existsSync(join(options.dataDir, 'demo.json'))) {
    console.log('First start: sending nine weeks of simulated visitors to the receiver. This takes some seconds …');
  }
  const demo = await start(options);
  console.log(welcome(demo, options.dataDir));
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => demo.close().then(() => process.exit(0), fail));
  }
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '4310' },
        data: { type: 'string', default: fileURLToPath(new URL('./.data', import.meta.url)) },
        empty: { type: 'boolean', default: false },
        fresh: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_534) throw new Error(`--port ${values.port} is not a port`);
    return { port, dataDir: values.data, empty: values.empty, fresh: values.fresh };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    process.exit(2);
  }
}

/** @param {{ port: number, dataDir: string, empty: boolean }} options */
async function start({ port, dataDir, empty }) {
  try {
    const { startDemo } = await import('./demo.mjs');
    return await startDemo({ shopPort: port, receiverPort: port + 1, dataDir, simulate: !empty });
  } catch (error) {
    return fail(error, port);
  }
}

/**
 * Says what went wrong and what to do about it.
 * @param {unknown} error
 * @param {number} [port]
 * @returns {never}
 */
function fail(error, port) {
  const { code, message } =
    error instanceof Error ? { code: undefined, ...error, message: error.message } : { message: String(error) };
  if (code === 'EADDRINUSE' && port) {
    console.error(
      `Port ${port} or ${port + 1} is taken. Stop what runs there, or: npm run demo -- --port ${port + 100}`,
    );
  } else if (code === 'ERR_MODULE_NOT_FOUND') console.error(`${message}\nRun this first: npm ci`);
  else console.error(message);
  process.exit(1);
}

/**
 * @param {import('./demo.d.mts').Demo} demo
 * @param {string} dataDir
 */
function welcome(demo, dataDir) {
  const history = demo.simulated
    ? 'The report holds nine weeks of SIMULATED visitors (orders SIM-…); --empty begins without.'
    : 'The report is empty until you visit the shop.';
  return `
  filrouge demo

    Start here   ${demo.entryUrl}
    The shop     ${demo.shopUrl}
    The report   ${demo.reportUrl}
    Raw events   ${demo.entryUrl}events.ndjson

    ${history}
    Kept in ${relative(process.cwd(), dataDir) || '.'}; --fresh forgets it. Ctrl-C stops.
`;
}
