import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type * as ReportRoom from '../../src/report/index.js';
import type * as DuckdbRoom from '../../src/stores/duckdb.js';
import { memoryStore } from '../../src/stores/memory.js';
import { AD, type Deed, fill, MAIL, NOVEMBER, order } from './people/crowd.js';

// As built: only there the engine works elsewhere.
const built = (path: string) => new URL(`../../dist/${path}`, import.meta.url).href;

const deeds: Deed[] = [
  { who: 'ann', at: '1 10:00', from: AD },
  { who: 'ann', at: '2 10:00', from: MAIL },
  order('ann', '2 10:05', 'o1', 20),
  { who: 'bob', at: '3 10:00', from: 'direct' },
];

test('reports that are counted beside a store in its own process are those counted here, errors too', async () => {
  const { createReports, BadQuery }: typeof ReportRoom = await import(built('report/index.js'));
  const { duckdbStore }: typeof DuckdbRoom = await import(built('stores/duckdb.js'));
  const file = join(tmpdir(), `filrouge-beside-${process.pid}.duckdb`);
  const store = await duckdbStore({ file, pepper: 'p' });
  try {
    await fill(store, deeds);
    let besides = 0;
    const { beside } = store;
    const watched = {
      ...store,
      beside: (module: URL, question: unknown) => {
        besides += 1;
        return beside?.(module, question) ?? Promise.reject(new Error('A built DuckDB store works elsewhere.'));
      },
    };
    const options = { now: () => new Date('2026-12-01T00:00:00Z'), channels: 'ga4' as const, timezone: 'Europe/Paris' };
    const there = createReports(watched, options);
    const here = createReports(await fill(memoryStore(), deeds), options);
    expect(await there.kpis(NOVEMBER)).toEqual(await here.kpis(NOVEMBER));
    expect(await there.people('overlap', NOVEMBER)).toEqual(await here.people('overlap', NOVEMBER));
    expect(await there.attribution(NOVEMBER)).toEqual(await here.attribution(NOVEMBER));
    expect(await there.explain('o1')).toEqual(await here.explain('o1'));
    expect((await there.kpis()).from).toBe('2026-11-01T23:00:00.000Z');
    expect(besides).toBe(5);
    await expect(there.people('funnel', { steps: ['Visit'] })).rejects.toThrow(BadQuery);
    // A rule that cannot be copied keeps the reports here.
    const odd = createReports(watched, {
      ...options,
      channels: { mode: 'ga4', ownHosts: Object.assign([], { of: () => '' }) },
    });
    expect(await odd.kpis(NOVEMBER)).toEqual(await here.kpis(NOVEMBER));
    expect(besides).toBe(6);
  } finally {
    await store.close();
    for (const end of ['', '.wal']) await rm(file + end, { force: true });
  }
});
