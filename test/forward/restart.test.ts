import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freshDirectory } from '../files.js';
import { event } from '../receiver/events.js';
import { spawnCli } from '../server/child.js';
import { type FakeDestination, startDestination } from './destination.js';

let directory: string;
let destination: FakeDestination;
let child: ChildProcess | undefined;

beforeEach(async () => {
  directory = freshDirectory();
  destination = await startDestination();
  const hook = { type: 'webhook', url: `${destination.url}/in`, secret: 'env:HOOK_SECRET' };
  await writeFile(join(directory, 'forward.json'), JSON.stringify({ destinations: { hook } }));
  process.env.HOOK_SECRET = 'shared';
});
afterEach(async () => {
  await end('SIGKILL');
  await destination.close();
});

async function start(): Promise<string> {
  const started = spawnCli([
    ...['serve', '--port', '0', '--data', join(directory, 'data'), '--store', 'memory', '--write-key', 'wk'],
    ...['--forward', join(directory, 'forward.json')],
  ]);
  child = started;
  let out = '';
  let err = '';
  started.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve, reject) => {
    started.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const [, url] = /Collector +(http:\S+)\/v1\/batch/.exec(out) ?? [];
      if (url) resolve(url);
    });
    started.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${err}`)));
  });
}

async function end(signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

it('loses nothing when the server is killed while it forwards, and goes on from its cursor', async () => {
  const acknowledged: string[] = [];
  for (let round = 0; round < 2; round += 1) {
    const url = await start();
    for (let batch = 0; batch < 10; batch += 1) {
      const ids = Array.from({ length: 30 }, (_, i) => `r${round}-b${batch}-${i}`);
      const body = JSON.stringify({ writeKey: 'wk', batch: ids.map((messageId) => event({ messageId })) });
      expect((await fetch(`${url}/v1/batch`, { method: 'POST', body })).status).toBe(200);
      acknowledged.push(...ids);
    }
    const goal = acknowledged.length - 150;
    await expect.poll(() => new Set(destination.ids()).size, { timeout: 20_000 }).toBeGreaterThan(goal);
    // In the middle of its work.
    await end('SIGKILL');
  }
  const url = await start();
  await expect.poll(() => new Set(destination.ids()).size, { timeout: 20_000 }).toBe(acknowledged.length);
  expect(acknowledged.filter((id) => !destination.ids().includes(id))).toEqual([]);
  // At least once: what a kill interrupted may come again, in whole requests, but history does not.
  expect(destination.ids().length - acknowledged.length).toBeLessThanOrEqual(300);
  const metrics = async () => (await fetch(`${url}/metrics`)).text();
  await expect.poll(metrics).toContain('filrouge_forward_lag_records{destination="hook"} 0');
  await end('SIGTERM');
  expect(child?.exitCode).toBe(0);
});
