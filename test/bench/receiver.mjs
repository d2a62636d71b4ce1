// Acknowledged and applied events per second, against a node:http server that only reads and answers (no-op), and one that
// also parses the body: nobody who wants to know what was sent can do less.
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
    // Alternating, so that a machine that gets slower or faster does not favour one of them.
    const runs = { 'no-op': [], parse: [], ack: [] };
    for (let round = 0; round < 2; round += 1)
      for (const kind in runs) runs[kind].push(await measure(kind, size, seconds));
    const [noOp, parse, ack] = Object.values(runs).map((two) => two.reduce((a, b) => (a.rate > b.rate ? a : b)));
    figures[size] = { base: noOp.rate, acknowledged: ack.rate, ratio: ack.rate / noOp.rate };
    console.log(
      `acknowledged, 20 ${size} events a batch (${number(ack.load.bytes / 20)} B each): ${number(ack.rate)} events/s, ` +
        `no-op node:http ${number(noOp.rate)} events/s, ratio ${figures[size].ratio.toFixed(2)}`,
    );
    console.log(
      `  with JSON.parse alone ${number(parse.rate)} events/s, ratio ${(parse.rate / noOp.rate).toFixed(2)}; ` +
        `the receiver's thread had ${(100 * ack.idle).toFixed(0)} % of its time to spare, waiting for disk and senders`,
    );
  }
  const applied = await measure('duckdb', 'browser', seconds);
  figures.applied = applied.settledRate;
  console.log(
    `applied to DuckDB, load on the same cores: ${number(applied.settledRate)} events/s sustained ` +
      `(${number(applied.load.events)} events, all stored after ${applied.totalSeconds.toFixed(1)} s; acknowledged at ${number(applied.rate)}/s)`,
  );
  return figures;
}

async function measure(kind, size, seconds) {
  const server = fork(script('./receiver-server.mjs'), [kind]);
  const [{ port }] = await once(server, 'message');
  await load(port, 1, size);
  const before = await ask(server);
  const startedAt = performance.now();
  const run = await load(port, seconds, size);
  if (run.failed) throw new Error(`${run.failed} requests of the bench failed.`);
  const after = await ask(server);
  const totalSeconds = (performance.now() - startedAt) / 1000;
  if (kind === 'duckdb' && after.stored - before.stored !== run.events)
    throw new Error(`Stored ${after.stored - before.stored} of ${run.events}.`);
  server.send('stop');
  await once(server, 'exit');
  return {
    load: run,
    rate: run.events / run.seconds,
    // Only the active time: the load takes a moment to start, which is not part of its seconds.
    idle: 1 - performance.eventLoopUtilization(after.loop, before.loop).active / 1000 / run.seconds,
    totalSeconds,
    settledRate: run.events / totalSeconds,
  };
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
