import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FaultyCollector, startCollector } from '../browser/collector.js';
import { until } from '../browser/wait.js';
import { launchChromium } from '../browsers.js';
import { freshDirectory } from '../files.js';

/** Next.js takes longer to build than all other suites together: run with FILROUGE_NEXT=1. */
const isAsked = Boolean(process.env.FILROUGE_NEXT);
const root = fileURLToPath(new URL('../..', import.meta.url));
let collector: FaultyCollector;
let directory: string;
let server: ChildProcess;

beforeAll(async () => {
  if (!isAsked) return;
  collector = await startCollector();
  directory = freshDirectory();
  const app = join(directory, 'app');
  cpSync(join(root, 'demo/examples/next'), app, { recursive: true });
  // What an installation would have: the package, and Next.js beside it.
  cpSync(join(root, 'dist'), join(directory, 'node_modules/filrouge/dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(directory, 'node_modules/filrouge/package.json'));
  for (const name of [
    'next',
    '@next',
    'react',
    'react-dom',
    'scheduler',
    'idb-keyval',
    'styled-jsx',
    '@swc',
    'sharp',
  ]) {
    linkModule(name);
  }
  execFileSync(join(root, 'node_modules/.bin/next'), ['build', '--webpack'], {
    cwd: app,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_PUBLIC_COLLECTOR: collector.url, NEXT_TELEMETRY_DISABLED: '1' },
  });
}, 600_000);

afterAll(async () => {
  if (!isAsked) return;
  const ended = once(server, 'exit');
  server.kill();
  await ended;
  await collector.close();
});

function linkModule(name: string): void {
  symlinkSync(join(root, 'node_modules', name), join(directory, 'node_modules', name));
}

async function startNext(): Promise<string> {
  server = spawn(join(root, 'node_modules/.bin/next'), ['start', '-p', '0', '-H', '127.0.0.1'], {
    cwd: join(directory, 'app'),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  return new Promise((resolve, reject) => {
    server.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const [, url] = /(http:\/\/127\.0\.0\.1:\d+)/.exec(text) ?? [];
      if (url) resolve(url);
    });
    server.once('exit', (code) => reject(new Error(`next start ended with ${code}`)));
  });
}

it.skipIf(!isAsked)('tells each route of the app router once, also a change of the query', async () => {
  const url = await startNext();
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(url);
  await page.click('#Products');
  await page.click('#add');
  await page.click('#Home');
  const told = () =>
    collector.received.map(({ event, context }) => event ?? `${context?.page?.path}${context?.page?.search}`);
  await until('four events', () => told().length >= 4);
  expect(told()).toEqual(['/', '/products?sort=price', 'Product Added', '/']);
  await browser.close();
});
