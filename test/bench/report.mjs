// How long reports take over many events: with all sessions to be cut, the first answer after the store was opened with its
// sessions kept, and the next one; how much memory that takes; and how long the receiver takes to acknowledge 10,000 events/s
// into the same store while reports are asked.
// node test/bench/report.mjs [events, default 10000000] [file to keep and use again] [part of the names of reports: these
// alone, and no acknowledging]; build first. Figures are checked against what is known of the made-up events, and put beside
// a plain scan of the same columns: time by the clock, and of the processors, which can be compared on a busy machine, too.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createReports } from '../../dist/report/index.js';
import { duckdbStore } from '../../dist/stores/duckdb.js';
import { cpuMs, peakMegabytes } from './family.mjs';
import { PERIOD, scan, truthOf } from './made-up.mjs';
import { REPORTS } from './reports.mjs';

const count = Math.ceil(Number(process.argv[2] ?? 10_000_000) / 20) * 20;
const directory = mkdtempSync(join(tmpdir(), 'filrouge-bench-'));
const file = process.argv[3] ?? join(directory, 'store.duckdb');
const only = process.argv[4];
const open = () => duckdbStore({ file, pepper: 'bench', memoryLimit: '2GB' });
const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

async function measure(task) {
  const [began, cpu] = [performance.now(), cpuMs()];
  const result = await task();
  return { result, ms: performance.now() - began, cpu: cpuMs() - cpu };
}

try {
  if (!existsSync(file)) {
    await (await open()).close();
    // In a process of its own: what the making takes is no part of what reports take.
    const { ms } = await measure(() => once(fork(script('./made-up-file.mjs'), [file, String(count)]), 'exit'));
    console.log(`${count.toLocaleString('en')} events made in ${seconds(ms)}`);
  }
  await scan(file);
  const base = await measure(() => scan(file));
  const show = ({ ms, cpu }) =>
    `${seconds(ms)} (${(ms / base.ms).toFixed(1)} scans; processors ${(cpu / base.cpu).toFixed(1)})`;
  console.log(`plain scan: ${seconds(base.ms)}, processors ${seconds(base.cpu)}`);
  const store = await open();
  const reports = createReports(store);
  console.log(
    `all sessions cut, if they were not: ${show(await measure(() => reports.kpis({ from: '2026-11-09', to: '2026-11-09' })))}`,
  );
  await store.close();
  console.log(`${Math.round(statSync(file).size / 1e6)} MB`);
  for (const [name, ask] of Object.entries(REPORTS)) if (name.includes(only ?? '')) await time(name, ask, show);
  console.log(`most memory of the process and its store's: ${peakMegabytes()} MB`);
  if (only === undefined) await acknowledge();
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** Asks twice after opening the store. */
async function time(name, ask, show) {
  const store = await open();
  const reports = createReports(store, { now: () => new Date(PERIOD.to) });
  const runs = [];
  for (let i = 0; i < 2; i += 1) runs.push(await measure(() => ask(reports)));
  for (const { result } of runs) check(name, result);
  await store.close();
  console.log(`${name}: first ${show(runs[0])}, again ${seconds(runs[1].ms)}`);
}

/**
 * How long acknowledgements take at 10,000 events/s, first alone, then while reports are asked one after the other, then while
 * they are where an older answer will do: ten a second, each of which has its question counted anew behind it.
 */
async function acknowledge() {
  // A copy: what the receiver adds is no part of the figures that are known.
  const own = join(directory, 'fed.duckdb');
  copyFileSync(file, own);
  const server = fork(script('./report-server.mjs'), [own]);
  const [{ port }] = await once(server, 'message');
  const all = Object.keys(REPORTS);
  const rounds = [
    { what: 'no reports asked', names: [] },
    { what: 'reports asked meanwhile', names: all },
    { what: 'reports asked meanwhile that may be a day old', names: all, age: { maxAgeSeconds: 86_400 }, pauseMs: 100 },
  ];
  for (const { what, names, age, pauseMs = 0 } of rounds) {
    // What may be older was asked for some time before.
    for (const name of age ? names : []) {
      server.send({ ask: name });
      await once(server, 'message');
    }
    const lane = String(Date.now() % 2 ** 18);
    const load = fork(script('./receiver-load.mjs'), [port, 64, 20, 'browser', lane, 10_000].map(String));
    let result;
    load.once('message', (message) => {
      result = message;
    });
    const asked = new Map();
    for (let i = 0; names.length && !result; i = (i + 1) % names.length) {
      server.send({ ask: names[i], age });
      const [{ ms }] = await once(server, 'message');
      asked.set(names[i], [...(asked.get(names[i]) ?? []), ms]);
      await wait(pauseMs);
    }
    if (!result) await once(load, 'message');
    server.send({ catchUp: true });
    const [{ ms: behind }] = await once(server, 'message');
    const { p50, p99, max } = result.ackMs;
    console.log(
      `${what}: ${Math.round(result.events / result.seconds)} events/s`,
      `acknowledged in ${p50.toFixed(0)} ms (median), ${p99.toFixed(0)} ms (p99), ${max.toFixed(0)} ms (most), ${result.failed} refused;`,
      `all stored ${seconds(behind)} later`,
    );
    const slowest = [...asked].map(([name, times]) => `${name} ${seconds(Math.max(...times))}`);
    if (slowest.length) console.log(`  the slowest of each: ${slowest.join(', ')}`);
  }
  server.send({ stop: true });
  const [{ stored, settled, megabytes }] = await once(server, 'message');
  console.log(
    `${stored} events stored${settled ? '' : ' and more to come'}; most memory of the server ${megabytes} MB`,
  );
  await once(server, 'exit');
}

/** Stops when a figure is not the one that was made up. */
function check(name, { rows, totals }) {
  if (!/^(kpis|attribution|journeys)/.test(name)) return;
  const truth = truthOf(count);
  const wrong = (what, found, known) => {
    if (Math.abs(found - known) > 1e-6 * known) throw new Error(`${name}: ${what} is ${found}, not ${known}.`);
  };
  if (name.includes('last week')) return;
  wrong('conversions', totals.conversions, truth.totals.conversions);
  wrong('revenue', totals.revenue, truth.totals.revenue);
  if (!name.startsWith('kpis')) return;
  for (const figure of ['visitors', 'sessions', 'pageViews']) wrong(figure, totals[figure], truth.totals[figure]);
  if (!name.includes('channel')) return;
  for (const [channel, known] of Object.entries(truth.channels)) {
    for (const figure of Object.keys(known)) {
      const found = rows.filter((row) => row.channel === channel).reduce((sum, row) => sum + row[figure], 0);
      wrong(`${figure} of ${channel}`, found, known[figure]);
    }
  }
}
