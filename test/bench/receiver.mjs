// Acknowledged and applied events per second, against a node:http server that only reads and answers.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const CONNECTIONS = 64;
/** Each run of the load makes ids of its own. */
let lane = 1;
const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const number = (value) => Math.round(value).toLocaleString('en');

/** Prints the figures and returns them. `seconds` is the length of each measurement. */
export async function benchReceiver({ seconds = 5 } = {}) {
  const figures = {};
  for (const size of ['small', 'browser']) {
    // Alternating, so that a machine that gets slower or faster does not favour one of the two.
    const noOp = [];
    const ack = [];
    for (let round = 0; round < 2; round += 1) {
      noOp.push(await measure('no-op', size, seconds));
      ack.push(await measure('ack', size, seconds));
    }
    const [base, acknowledged] = [noOp, ack].map((runs) => Math.max(...runs.map(({ rate }) => rate)));
    figures[size] = { base, acknowledged, ratio: acknowledged / base };
    console.log(
      `acknowledged, 20 ${size} events a batch (${number(ack[0].load.bytes / 20)} B each): ` +
        `${number(acknowledged)} events/s, no-op node:http ${number(base)} events/s, ratio ${(acknowledged / base).toFixed(2)}`,
    );
  }
  const applied = await measure('duckdb', 'browser', seconds, { settle: true });
  figures.applied = applied.settledRate;
  console.log(
    `applied to DuckDB, load on the same cores: ${number(applied.settledRate)} events/s sustained ` +
      `(${number(applied.load.events)} events, all stored after ${applied.totalSeconds.toFixed(1)} s; acknowledged at ${number(applied.rate)}/s)`,
  );
  return figures;
}

async function measure(kind, size, seconds, { settle = false } = {}) {
  const server = fork(script('./receiver-server.mjs'), [kind]);
  const [{ port }] = await once(server, 'message');
  await load(port, 1, size);
  const before = settle ? await ask(server) : undefined;
  const startedAt = performance.now();
  const run = await load(port, seconds, size);
  if (run.failed) throw new Error(`${run.failed} requests of the bench failed.`);
  const result = { load: run, rate: run.events / run.seconds };
  if (settle) {
    const after = await ask(server);
    result.totalSeconds = (performance.now() - startedAt) / 1000;
    result.settledRate = run.events / result.totalSeconds;
    if (after.stored - before.stored !== run.events)
      throw new Error(`Stored ${after.stored - before.stored} of ${run.events}.`);
  }
  server.send('stop');
  await once(server, 'exit');
  return result;
}

async function load(port, seconds, size) {
  const child = fork(script('./receiver-load.mjs'), [port, CONNECTIONS, seconds, size, lane++].map(String));
  const [result] = await once(child, 'message');
  await once(child, 'exit');
  return result;
}

async function ask(server) {
  server.send('facts');
  const [facts] = await once(server, 'message');
  return facts;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await benchReceiver({ seconds: Number(process.argv[2] ?? 5) });
