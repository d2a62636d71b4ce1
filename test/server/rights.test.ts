import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JsonObject } from '../../src/protocol/index.js';
import { runCommand } from '../../src/server/program.js';
import { event } from '../receiver/events.js';
import { serve, type TestServer } from './serve.js';

let server: TestServer;
beforeEach(async () => {
  server = await serve({ privacy: { retention: { page: 10 } } });
  const context = { consent: { categoryPreferences: { analytics: true } } };
  const batch = [event({ userId: 'ann', context }), event({ type: 'page', timestamp: '2020-01-01T00:00:00.000Z' })];
  await fetch(`${server.url}/v1/batch`, { method: 'POST', body: JSON.stringify({ writeKey: 'wk', batch }) });
});
afterEach(() => server.remove());

/** Runs a command against the server; resolves with its exit code and what it printed. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await runCommand([...args, '--url', server.url, '--admin-key', 'ak'], {
    out: (text) => (out += text),
    err: (text) => (err += text),
    isTerminal: false,
    untilStopped: () => new Promise(() => {}),
  });
  return { code, out, err };
}
const answer = async (...args: string[]) => JSON.parse((await run(...args)).out) as JsonObject;

it('prints what is kept about a person', async () => {
  expect(await answer('export', 'ann')).toMatchObject({ person: 'ann', timeline: [{}, {}, {}] });
  expect((await run('export', 'ann', '--format', 'csv')).out.split('\r\n')).toHaveLength(4);
  expect(await answer('consent', 'ann')).toMatchObject({ choices: [{ preferences: { analytics: true } }] });
  for (const command of ['export', 'consent', 'restrict', 'erase'])
    expect(await run(command, 'nobody')).toMatchObject({ code: 1, err: expect.stringContaining('Nobody is known by') });
});

it('restricts, objects, and lifts both', async () => {
  expect(await answer('restrict', 'ann')).toMatchObject({ restricted: true, events: 3 });
  expect(await answer('restrict', 'ann', '--lift')).toMatchObject({ restricted: false, events: 3 });
  expect(await answer('object', 'ann', '--purposes', 'advertising')).toMatchObject({ objected: ['advertising'] });
  expect(await answer('object', 'ann', '--lift')).toMatchObject({ objected: [] });
  expect(await run('object', 'ann', '--purposes', 'sale')).toMatchObject({ code: 2 });
  expect(await run('object', 'ann', '--lift', '--purposes', 'analytics')).toMatchObject({ code: 2 });
});

it('erases by an e-mail address', async () => {
  const traits = { email: 'Ann@example.com' };
  const batch = [event({ type: 'identify', userId: 'ann', traits })];
  await fetch(`${server.url}/v1/batch`, { method: 'POST', body: JSON.stringify({ writeKey: 'wk', batch }) });
  expect(await run('erase', 'ann@example.com')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Erased: [1-9]/),
  });
  expect(await run('erase', 'ann')).toMatchObject({ code: 1, err: expect.stringContaining('Nobody is known by') });
});

it('shows and runs the retention', async () => {
  expect(await answer('retention')).toMatchObject({ rules: { page: 10 } });
  expect(await answer('retention', '--run')).toMatchObject({
    retention: [{ class: 'page', removed: 1 }, { class: 'audience' }],
  });
});

it.each(['x', '0', 'page=', 'page=400d', '=5'])('refuses to keep for "%s"', async (days) => {
  expect(await run('serve', '--retain', days)).toMatchObject({ code: 2, err: expect.stringContaining('class=days') });
});
