import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../browser/wait.js';
import { freshDirectory } from '../files.js';
import { spawnCli } from '../server/child.js';
import { serve, type TestServer } from '../server/serve.js';

const ROWS = 15_000;
const BAD = 17;

let directory: string;
let server: TestServer;
beforeAll(async () => {
  directory = freshDirectory();
  server = await serve();
});
afterAll(async () => {
  await server.remove();
});

test('an import that was killed goes on where it stopped, and rejects each bad row once', async () => {
  const path = join(directory, 'receipts.csv');
  const every = Math.floor(ROWS / BAD);
  const rows = Array.from(
    { length: ROWS },
    (_, i) => `R${i},${(i + 1) % every === 0 && i < every * BAD ? 'never' : '2026-11-20'},1`,
  );
  await writeFile(path, ['receipt_id,date,total', ...rows, ''].join('\n'));
  const args = ['import', path, '--map', 'till', '--url', server.url, '--secret-key', 'sk'];

  const killed = spawnCli(args);
  const exited = once(killed, 'exit');
  const reached = await until('some acknowledged rows', async () => {
    const { state } = JSON.parse(await readFile(`${path}.import.json`, 'utf8').catch(() => '{}'));
    return state?.rows >= 2000 ? state.rows : undefined;
  });
  killed.kill('SIGKILL');
  expect((await exited)[1]).toBe('SIGKILL');
  // What a batch that was on its way left behind is put right by the next run.
  expect(reached).toBeLessThan(ROWS);

  const again = spawnCli(args);
  let out = '';
  again.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  expect((await once(again, 'exit'))[0]).toBe(0);
  const summary = JSON.parse(out);
  expect(summary).toMatchObject({ rows: ROWS, rejected: BAD });
  expect(summary.resumedAfter).toBeGreaterThanOrEqual(reached);
  expect((await server.events()).length).toBe(ROWS - BAD);
  const rejected = (await readFile(`${path}.rejected.csv`, 'utf8')).trim().split('\n');
  expect(rejected).toHaveLength(BAD + 1);
  expect(new Set(rejected).size).toBe(BAD + 1);
  await expect(readFile(`${path}.import.json`)).rejects.toThrow();
});
