import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../../src/server/program.js';
import { serve, type TestServer } from '../server/serve.js';
import { PERSON } from './door.js';

let server: TestServer;
beforeAll(async () => {
  server = await serve();
});
afterAll(() => server.remove());

async function link(...args: string[]) {
  const said = { out: '', err: '' };
  const code = await runCommand(['link', ...args, '--url', server.url, '--admin-key', 'ak'], {
    out: (text) => (said.out += text),
    err: (text) => (said.err += text),
    isTerminal: false,
    untilStopped: async () => undefined,
  });
  return { code, ...said };
}

test('filrouge link prints a link that works, and draws it', async () => {
  const file = join(server.dataDir, 'flyer.svg');
  const flags = ['--source', 'flyer', '--medium', 'qr', '--campaign', 'winter', '--expires', '90d', '--qr', file];
  const { code, out } = await link('https://shop.example/', ...flags);
  expect(code).toBe(0);
  const answer = await fetch(out.trim(), { headers: PERSON, redirect: 'manual' });
  expect(answer.headers.get('location')).toBe(
    'https://shop.example/?utm_source=flyer&utm_medium=qr&utm_campaign=winter',
  );
  expect(await readFile(file, 'utf8')).toContain('<svg');
  expect(await server.events()).toMatchObject([{ event: 'Link Clicked', context: { campaign: { source: 'flyer' } } }]);
});

test('filrouge link --open prints the picture of an e-mail', async () => {
  const { code, out } = await link('--open', '--id', 'letter-1', '--email', 'ann@example.com');
  expect(code).toBe(0);
  expect((await fetch(out.trim(), { headers: PERSON })).headers.get('content-type')).toBe('image/gif');
});

test.each([
  [['javascript:alert(1)'], /url must be http or https/],
  [[], /Give the address/],
  [['https://shop.example/', '--open'], /Give the address/],
  [['https://shop.example/', '--expires', 'soon'], /must be a date/],
  [['https://shop.example/', '--expires', '2020-01-01'], /must lie in the future/],
  [['https://shop.example/', '--qr', 'flyer.pdf'], /must end in \.svg or \.png/],
])('filrouge link %j is a wrong call', async (args, why) => {
  const { code, err } = await link(...args);
  expect([code, err]).toEqual([2, expect.stringMatching(why)]);
});
