// How long reports take over many events: the first answer after the store was opened, and the next ones.
// node test/bench/report.mjs [events, default 10000000]; build first. Figures are checked against what is known of the
// made-up events, and put beside a plain scan of the same columns.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReports } from '../../dist/report/index.js';
import { duckdbStore } from '../../dist/stores/duckdb.js';
import { fill, PERIOD, scan, truthOf } from './made-up.mjs';

const count = Math.ceil(Number(process.argv[2] ?? 10_000_000) / 20) * 20;
const directory = mkdtempSync(join(tmpdir(), 'filrouge-bench-'));
const file = join(directory, 'store.duckdb');
const open = () => duckdbStore({ file, pepper: 'bench', memoryLimit: '2GB' });
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

const REPORTS = {
  'kpis in all': (reports) => reports.kpis({ ...PERIOD, by: 'total' }),
  'kpis by day and channel': (reports) => reports.kpis({ ...PERIOD, by: 'day-channel' }),
  'kpis of the last week, by channel': (reports) =>
    reports.kpis({ from: '2026-11-09', to: '2026-11-15', by: 'channel' }),
  'attribution, all models': (reports) => reports.attribution(PERIOD),
  journeys: (reports) => reports.journeys(PERIOD),
  'attribution, markov with nulls': (reports) => reports.attribution({ ...PERIOD, model: 'markov' }),
};

try {
  await (await open()).close();
  const filled = performance.now();
  await fill(file, count);
  console.log(
    `${count.toLocaleString('en')} events made in ${seconds(performance.now() - filled)}, ${Math.round(statSync(file).size / 1e6)} MB`,
  );
  await scan(file);
  const base = await scan(file);
  console.log(`plain scan: ${seconds(base)}`);
  for (const [name, ask] of Object.entries(REPORTS)) {
    const store = await open();
    const reports = createReports(store, { now: () => new Date(PERIOD.to) });
    const runs = [];
    for (let i = 0; i < 2; i += 1) {
      const began = performance.now();
      const report = await ask(reports);
      runs.push(performance.now() - began);
      check(name, report);
    }
    await store.close();
    const [first, again] = runs;
    console.log(
      `${name}: first ${seconds(first)} (${(first / base).toFixed(1)} scans), again ${seconds(again)} (${(again / base).toFixed(1)})`,
    );
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

/** Stops when a figure is not the one that was made up. */
function check(name, { rows, totals }) {
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
