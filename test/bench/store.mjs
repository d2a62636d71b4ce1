// How fast the DuckDB store applies events, and how fast it answers reports on them.
// node test/bench/store.mjs [events, default 1000000]; build first. Prints wall time and CPU time: on a busy machine
// only the latter can be compared.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duckdbStore } from '../../dist/stores/duckdb.js';
import { cpuMs } from './family.mjs';
import { records, traffic } from './traffic.mjs';

const count = Number(process.argv[2] ?? 1_000_000);
const directory = mkdtempSync(join(tmpdir(), 'filrouge-bench-'));
const file = join(directory, 'store.duckdb');
const store = await duckdbStore({ file, pepper: 'bench' });

async function measure(task) {
  const [began, cpu] = [performance.now(), cpuMs()];
  const result = await task();
  return { result, ms: performance.now() - began, cpu: cpuMs() - cpu };
}

try {
  let applied = { ms: 0, cpu: 0 };
  let chunk = [];
  let delay = 0;
  const put = async () => {
    // How long this thread was ever held up while the store worked.
    let last = performance.now();
    const watch = setInterval(() => {
      delay = Math.max(delay, performance.now() - last - 5);
      last = performance.now();
    }, 5);
    const { ms, cpu } = await measure(() => store.append(chunk));
    clearInterval(watch);
    applied = { ms: applied.ms + ms, cpu: applied.cpu + cpu };
    chunk = [];
  };
  for (const record of records(traffic({ count }))) {
    chunk.push(record);
    if (chunk.length === 2000) await put();
  }
  await put();
  console.log(
    `applied ${count} events: ${Math.round((count / applied.ms) * 1000)} events/s,`,
    `${Math.round((applied.cpu * 1000) / count)} µs CPU per event, longest hold-up ${Math.round(delay)} ms,`,
    `${Math.round(statSync(file).size / 1e6)} MB`,
  );

  const query = { goal: 'Order Completed' };
  const sources = await store.sources(query);
  const labels = new Map(sources.map(({ key, source }) => [key, source ?? 'other']));
  const reports = {
    'kpis by day and label': () => store.kpis({ ...query, by: 'day-label', labels }),
    'kpis in all': () => store.kpis({ ...query, by: 'total' }),
    'kpis of the last week': () => store.kpis({ ...query, by: 'day-label', labels, from: '2026-11-15T00:00:00.000Z' }),
    journeys: async () => {
      let journeys = 0;
      for await (const _ of store.journeys({ ...query, lookbackDays: 30 })) journeys += 1;
      return { length: journeys };
    },
    sources: () => store.sources(query),
  };
  for (const [name, report] of Object.entries(reports)) {
    const runs = [];
    for (let i = 0; i < 3; i += 1) runs.push(await measure(report));
    const best = runs.reduce((a, b) => (a.ms < b.ms ? a : b));
    console.log(`${name}: ${Math.round(best.ms)} ms, ${Math.round(best.cpu)} ms CPU, ${best.result.length} rows`);
  }
} finally {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
}
