import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { csvRows } from '../../src/intake/import/csv-rows.js';
import { rejectsFile } from '../../src/intake/import/rejects.js';
import { freshDirectory } from '../files.js';
import { event } from '../receiver/events.js';
import { serve, type TestServer } from '../server/serve.js';

const FORMULAS = ['=cmd|calc', '+1+cmd|calc', '-1+cmd|calc', '@SUM(A1)', '\t=1', '\r=1', '\n=1', 'a;=1', '"=1'];

let server: TestServer;
beforeEach(async () => {
  server = await serve({});
});
afterEach(() => server.remove());

/** Every cell as a spreadsheet reads it. */
function cellsOf(csv: string): string[] {
  return (parse(csv, { bom: true }) as string[][]).flat();
}

test('no CSV of the receiver holds a cell that a spreadsheet would run', async () => {
  const batch = FORMULAS.flatMap((formula, i) => [
    event({
      type: 'page',
      userId: `user-${i}`,
      name: formula,
      timestamp: '2026-11-20T10:00:00.000Z',
      properties: { [formula]: formula },
      context: { campaign: { source: formula, medium: formula, name: formula }, channel: formula },
    }),
    event({
      event: 'Order Completed',
      userId: `user-${i}`,
      messageId: `${formula}${i}`,
      timestamp: '2026-11-20T10:05:00.000Z',
      properties: {
        order_id: formula,
        total: 5,
        currency: 'EUR',
        products: [{ product_id: formula, category: formula }],
      },
      context: { channel: 'store' },
    }),
    event({ event: formula, userId: `${formula}${i}`, anonymousId: formula, groupId: formula }),
  ]);
  const sent = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    body: JSON.stringify({ writeKey: 'wk', batch }),
  });
  expect(await sent.json()).toEqual({ success: true, accepted: batch.length });
  const range = 'from=2026-11-01&to=2026-12-01&format=csv';
  const paths = [
    ...['kpis', 'attribution', 'journeys', 'sales', 'roles', 'touchpoints', 'combinations'].map(
      (name) => `/v1/reports/${name}?${range}`,
    ),
    ...['events', 'persons', 'touches', 'credits'].map((name) => `/v1/export/${name}?${range}`),
    ...FORMULAS.map((_, i) => `/v1/people/user-${i}/export?format=csv`),
    `/v1/reports/kpis?${range}&by=channel`,
    `/v1/reports/attribution?${range}&by=campaign`,
  ];
  let found = 0;
  for (const path of paths) {
    const response = await server.admin(path);
    const text = await response.text();
    expect([path, response.status]).toEqual([path, 200]);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z-]+\.csv"$/);
    found += text.includes('cmd|calc') ? 1 : 0;
    const cells = cellsOf(text);
    expect([path, cells.filter((cell) => /^[=+@\t\r]|^-(?![\d.]+$)/.test(cell))]).toEqual([path, []]);
  }
  expect(found).toBeGreaterThan(5);
});

test('nor does a file of rejected rows, and what stood in it comes back as it was', async () => {
  const directory = freshDirectory();
  const path = join(directory, 'rejected.csv');
  const values = [...FORMULAS, "'=1", "''=1", '-5', '+33 6 12 34 56 78', "l'=1", 'plain'].map((value) => value.trim());
  const columns = values.map((_, i) => `column ${i}`);
  const rejects = rejectsFile(path, { columns, delimiter: ',', each: (async function* () {})() }, 0);
  rejects.add({ line: 2, entry: undefined, cells: values }, 'no time');
  await rejects.write();
  await rejects.close();
  const text = await readFile(path, 'utf8');
  const risky = /^[=@\t\r]|^[+-].*\|/;
  expect(cellsOf(text).filter((cell) => risky.test(cell))).toEqual([]);
  const { each } = await csvRows(Readable.from([text]));
  for await (const { cells } of each) expect(cells).toEqual(['2', 'no time', ...values]);
});
