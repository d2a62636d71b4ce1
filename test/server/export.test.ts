import { execFile, spawnSync } from 'node:child_process';
import { lstat, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { EXPORT_NAMES, EXPORT_TABLES } from '../../src/report/index.js';
import { runCommand } from '../../src/server/program.js';
import { freshDirectory } from '../files.js';
import { AD, type Deed, deedsToEvents, MAIL, order } from '../report/people/crowd.js';
import { serve, type TestServer } from './serve.js';

const DEEDS: Deed[] = [
  { who: 'a', user: 'ada', at: '1 10:00', from: AD },
  { who: 'a', user: 'ada', at: '3 10:00', from: { ...MAIL, name: '=1+1' } },
  order('a', '3 10:10', 'A1', 100, { user: 'ada', onSite: true }),
  order('', '9 12:00', 'A2', 50.5, { user: 'ada', channel: 'store' }),
  // Reported by the till again, changed by the office, and one in dollars from before anybody came.
  order('till', '9 12:01', 'A2', 50.5),
  { who: 'office', at: '9 18:00', event: 'Order Updated', properties: { order_id: 'A1', total: 90, currency: 'EUR' } },
  order('a', '1 09:00', 'A3', 9, { user: 'ada', properties: { currency: 'USD' } }),
  { who: 'b', at: '4 10:00', from: 'direct' },
];

let server: TestServer;
let directory: string;

beforeAll(async () => {
  directory = freshDirectory();
  server = await serve();
  const response = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa('sk:')}` },
    body: JSON.stringify({ batch: deedsToEvents(DEEDS) }),
  });
  expect(await response.json()).toMatchObject({ accepted: DEEDS.length });
  await vi.waitFor(async () => expect((await server.events()).length).toBe(DEEDS.length), 60_000);
});

afterAll(async () => {
  await server.remove();
});

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runCommand(['export', ...args, '--url', server.url, '--admin-key', 'ak'], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isTerminal: false,
    untilStopped: () => Promise.resolve(),
  });
  return { code, out, err };
}

const lines = (text: string) => text.split('\n').filter(Boolean);

it.each(EXPORT_NAMES)('%s: NDJSON, CSV and Parquet have the same rows and the documented columns', async (name) => {
  const { code, out, err } = await run(name);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  const rows = lines(out).map((line) => JSON.parse(line) as object);
  const columns = EXPORT_TABLES[name].columns.map(([column]) => column);
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(Object.keys(row)).toEqual(columns);
  const csv = (await run(name, '--format', 'csv')).out.split('\r\n');
  expect(csv[0]).toBe(columns.join(','));
  expect(csv.length).toBe(rows.length + 2);
  const file = join(directory, `${name}.parquet`);
  expect(await run(name, '--format', 'parquet', '--out', file)).toMatchObject({ code: 0, err: '' });
  const instance = await DuckDBInstance.create(':memory:');
  const session = await instance.connect();
  const read = await session.runAndReadAll(`SELECT * FROM '${file}'`);
  expect(read.columnNames()).toEqual(columns);
  expect(read.getRowsJson().length).toBe(rows.length);
  session.closeSync();
  instance.closeSync();
});

it('persons have their orders once, by the latest amount, in one currency', async () => {
  const rows = lines((await run('persons')).out).map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(rows.find(({ person }) => person === 'ada')).toMatchObject({
    conversions: 3,
    revenue: 140.5,
    currency: 'EUR',
    other_amounts: '{"USD":9}',
  });
  expect(rows.find(({ person }) => person === 'b')).toMatchObject({ conversions: 0, revenue: 0, other_amounts: null });
});

it('credits add up to one for each conversion and model', async () => {
  const rows = lines((await run('credits')).out).map((line) => JSON.parse(line) as Record<string, number | string>);
  // A1: ad, mail. A2: ad, mail, and the shop itself.
  expect(rows.map(({ order_id, touch, channel }) => `${order_id} ${touch} ${channel}`)).toEqual([
    'A3 1 Direct',
    'A1 1 Paid Search',
    'A1 2 Email',
    'A2 1 Paid Search',
    'A2 2 Email',
    'A2 3 In-store',
  ]);
  for (const id of ['A1', 'A2'])
    for (const model of ['first', 'last_non_direct', 'linear', 'time_decay', 'w_shaped'])
      expect(rows.reduce((sum, row) => sum + (row.order_id === id ? Number(row[model]) : 0), 0)).toBeCloseTo(1, 12);
});

it('credits by the lookback of each kind, and every table as known at an earlier time', async () => {
  const contacts = lines((await run('credits', '--lookback', '30,contact:0')).out).map((line) => JSON.parse(line));
  expect(contacts.map(({ order_id, channel }) => `${order_id} ${channel}`)).not.toContain('A2 In-store');
  expect(contacts.some(({ order_id }) => order_id === 'A2')).toBe(true);
  for (const name of EXPORT_NAMES) {
    expect((await run(name, '--as-known-at', '2026-01-01')).out).toBe('');
    expect((await run(name, '--as-known-at', '2100-01-01')).out).toBe((await run(name)).out);
  }
  expect(await run('credits', '--lookback', 'soon')).toMatchObject({ code: 2 });
});

it('writes a file only when it is whole, and CSV that no spreadsheet runs', async () => {
  const file = join(directory, 'touches.csv');
  expect((await run('touches', '--format', 'csv', '--out', file)).code).toBe(0);
  expect(await readFile(file, 'utf8')).toContain(`'=1+1`);
  expect((await run('touches')).out).toContain('"=1+1"');
  expect((await readdir(directory)).filter((name) => name.endsWith('.partial'))).toEqual([]);
  expect(await run('touches', '--out', join(directory, 'nowhere', 'x'))).toMatchObject({ code: 1 });
});

it('takes a period, and says what is wrong', async () => {
  const some = await run('events', '--from', '2026-11-04', '--to', '2026-11-08');
  expect(lines(some.out).length).toBe(1);
  expect(await run('events', '--from', 'soon')).toMatchObject({ code: 2 });
  expect(await run('events', '--format', 'parquet')).toMatchObject({ code: 2 });
  expect((await fetch(`${server.url}/v1/export/events`)).status).toBe(401);
  expect((await server.admin('/v1/export/secrets')).status).toBe(404);
  expect((await server.admin('/v1/export/events?form=csv')).status).toBe(400);
});

it('reports start from the settings of the server', async () => {
  const paris = await serve({
    reports: { timezone: 'Europe/Paris', channels: { mode: 'ga4', ownHosts: ['shop.example'] } },
  });
  const { timezone, rulesVersion } = await (await paris.admin('/v1/reports/sales')).json();
  expect(timezone).toBe('Europe/Paris');
  // Rules of the site's own change the version that is told.
  expect(rulesVersion).toContain('+');
  await paris.remove();
});

it('writes through links, and into a pipe itself: no file takes the place of either', async () => {
  const names = ['link', 'file.csv', 'pipe'].map((name) => join(directory, name));
  const [link, file, pipe] = names as [string, string, string];
  await writeFile(file, 'old');
  await symlink(file, link);
  expect(await run('persons', '--format', 'csv', '--out', link)).toMatchObject({ code: 0, err: '' });
  expect((await lstat(link)).isSymbolicLink()).toBe(true);
  expect(await readFile(file, 'utf8')).toMatch(/^person,/);
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
  expect((await run('persons', '--format', 'parquet', '--out', pipe)).err).toContain('Parquet needs a file');
  const reader = promisify(execFile)('cat', [pipe]);
  expect(await run('persons', '--format', 'csv', '--out', pipe)).toMatchObject({ code: 0, err: '' });
  expect((await stat(pipe)).isFIFO()).toBe(true);
  expect((await reader).stdout).toMatch(/^person,/);
});

it('fails where the output is full, and not where its reader has gone', async () => {
  const command = (to: string) => `"$0" "$@" ${to}; exit "\${PIPESTATUS[0]}"`;
  const cli = fileURLToPath(new URL('../../dist/server/cli.js', import.meta.url));
  const runInto = (to: string) =>
    spawnSync('bash', ['-c', command(to), process.execPath, cli, 'export', '--help'], { encoding: 'utf8' });
  expect(runInto('> /dev/full')).toMatchObject({ status: 1, stderr: expect.stringContaining('could not be written') });
  expect(runInto('| true')).toMatchObject({ status: 0, stderr: '' });
});
