import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type * as ReportRoom from '../../src/report/index.js';
import type * as DuckdbRoom from '../../src/stores/duckdb.js';
import { memoryStore } from '../../src/stores/memory.js';
import { temporaryDirectory } from '../files.js';
import { AD, type Deed, fill, MAIL, NOVEMBER, order } from './people/crowd.js';

// As built: only there the engine works elsewhere.
const built = (path: string) => new URL(`../../dist/${path}`, import.meta.url).href;

const deeds: Deed[] = [
  { who: 'ann', at: '1 10:00', from: AD },
  { who: 'ann', at: '2 10:00', from: MAIL },
  order('ann', '2 10:05', 'o1', 20),
  { who: 'bob', at: '3 10:00', from: 'direct' },
];

const options = { now: () => new Date('2026-12-01T00:00:00Z'), channels: 'ga4' as const, timezone: 'Europe/Paris' };

let room: typeof ReportRoom;
let store: Awaited<ReturnType<typeof DuckdbRoom.duckdbStore>>;
let remove: () => Promise<void>;
let besides = 0;
const reportsOf = (given: object) => room.createReports(store, { ...options, ...given });

// Apart from the tests: a process must start, and on a busy machine that takes as long as all of them.
beforeAll(async () => {
  room = await import(built('report/index.js'));
  const { duckdbStore }: typeof DuckdbRoom = await import(built('stores/duckdb.js'));
  const directory = await temporaryDirectory();
  remove = directory.remove;
  const opened = await duckdbStore({ file: `${directory.path}/beside.duckdb`, pepper: 'p' });
  const { beside } = opened;
  store = {
    ...opened,
    beside: (module: URL, question: unknown) => {
      besides += 1;
      return beside?.(module, question) ?? Promise.reject(new Error('A built DuckDB store works elsewhere.'));
    },
  };
  await fill(store, deeds);
});

afterAll(async () => {
  await store?.close();
  await remove?.();
});

beforeEach(() => {
  besides = 0;
});

test('reports that are counted beside a store in its own process are those counted here', async () => {
  const there = reportsOf({});
  // Its modules are loaded at once, not when somebody waits.
  expect(besides).toBe(1);
  const here = room.createReports(await fill(memoryStore(), deeds), options);
  expect(await there.kpis(NOVEMBER)).toEqual(await here.kpis(NOVEMBER));
  expect(await there.people('overlap', NOVEMBER)).toEqual(await here.people('overlap', NOVEMBER));
  expect(await there.attribution(NOVEMBER)).toEqual(await here.attribution(NOVEMBER));
  expect(await there.explain('o1')).toEqual(await here.explain('o1'));
  expect((await there.kpis()).from).toBe('2026-11-01T23:00:00.000Z');
  expect(besides).toBe(6);
});

test('so are their errors', async () => {
  await expect(reportsOf({}).people('funnel', { steps: ['Visit'] })).rejects.toThrow(room.BadQuery);
});

test('a rule that cannot be copied keeps the reports here', async () => {
  const odd = reportsOf({ channels: { mode: 'ga4', ownHosts: Object.assign([], { of: () => '' }) } });
  const here = room.createReports(await fill(memoryStore(), deeds), options);
  expect(await odd.kpis(NOVEMBER)).toEqual(await here.kpis(NOVEMBER));
  expect(besides).toBe(0);
});
