// npm run bench -- browser, or node test/bench/browser/run.mjs [--runs 3] [--only filrouge,segment]: what trackers cost a
// page's main thread, side by side.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import puppeteer from 'puppeteer-core';
import { measure, versionOf } from './measure.mjs';
import { startServer } from './server.mjs';

const here = new URL('.', import.meta.url);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const PACKAGES = {
  filrouge: undefined,
  segment: '@segment/analytics-next',
  posthog: 'posthog-js',
  snowplow: '@snowplow/browser-tracker',
  rudderstack: '@rudderstack/analytics-js',
  plausible: '@plausible-analytics/tracker',
};
/** Those that keep events until they were taken; the others send and forget. */
const QUEUED = ['segment', 'posthog', 'snowplow', 'rudderstack'];
const CHROMIUM = [process.env.CHROME_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, only: { type: 'string', default: '' } },
});
if (!existsSync(new URL('node_modules/esbuild', here))) {
  sh('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], fileURLToPath(here));
}
if (!existsSync(join(root, 'dist/index.js'))) sh('npm', ['run', 'build', '--silent'], root);

const names = Object.keys(PACKAGES).filter((name) => !values.only || values.only.split(',').includes(name));
const scripts = await bundle(names);
const server = await startServer(scripts);
const profile = mkdtempSync(join(tmpdir(), 'filrouge-bench-'));
const browser = await puppeteer.launch({
  executablePath: CHROMIUM.find((path) => path && existsSync(path)),
  headless: true,
  userDataDir: profile,
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
const load = loadavg()[0].toFixed(2);
const results = Object.fromEntries(['none', ...names].map((name) => [name, []]));
try {
  // In turns, so that what else the machine does hits all alike.
  for (let run = 0; run < Number(values.runs); run++) {
    for (const name of Object.keys(results)) {
      results[name].push(await measure(browser, server, name, scripts[name]));
      process.stderr.write(`${name} `);
    }
  }
  console.log(
    `\n${await browser.version()}, ${cpus()[0]?.model}, load before ${load}, ${new Date().toISOString().slice(0, 10)}; median of ${values.runs} runs, processor throttled 4x\n`,
  );
} finally {
  await browser.close();
  await server.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
print(results);

async function bundle(wanted) {
  const { build } = await import('esbuild').catch(() => import(new URL('node_modules/esbuild/lib/main.js', here).href));
  const entries = wanted.map(async (name) => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(`subjects/${name}.js`, here))],
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'es2022',
      write: false,
      logLevel: 'error',
      define: { 'process.env.NODE_ENV': '"production"' },
    });
    return [name, outputFiles[0].text];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function print(all) {
  const median = (name, field) => middle(all[name].map((result) => result[field]));
  const long = (name, field) => {
    const tasks = all[name].map((result) => result[field] ?? []);
    const worst = Math.max(0, ...tasks.flat());
    return worst ? `${middle(tasks.map(({ length }) => length))} (${worst.toFixed(0)})` : '0';
  };
  const head = [
    'tracker',
    'evaluation',
    'init',
    'main thread until idle',
    'track() µs',
    '1,000 calls to idle',
    'ms per call',
    'arrived',
    'long tasks: load',
    'calls',
    'clicks',
    'LCP',
    'INP',
  ];
  console.log(`| ${head.join(' | ')} |\n|${head.map(() => ' --- |').join('')}`);
  for (const name of Object.keys(all)) {
    const version = name === 'none' ? '' : PACKAGES[name] ? versionOf(PACKAGES[name], here) : 'this tree';
    const ms = (field, digits = 1) =>
      name === 'none' && !['lcp', 'inp'].includes(field) ? '' : median(name, field).toFixed(digits);
    const cells =
      name === 'none'
        ? Array(7).fill('')
        : [
            ms('evaluation'),
            ms('init'),
            ms('start', 0),
            (median(name, 'call') * 1000).toFixed(0),
            ms('all', 0),
            (median(name, 'all') / 1000).toFixed(2),
            `${median(name, 'arrived')}`,
          ];
    console.log(
      `| ${[`${name} ${version}`, ...cells, long(name, 'longLoading'), long(name, 'longCalls'), long(name, 'longClicks'), ms('lcp', 0), ms('inp', 0)].join(' | ')} |`,
    );
  }
  if (!all.filrouge) return;
  console.log(
    '\nTimes in ms of the main thread unless said; long tasks as count (longest). How many times as much as ours:\n',
  );
  for (const name of QUEUED.filter((one) => all[one])) {
    const start = (one) => median(one, 'evaluation') + median(one, 'init');
    const ratio = (field) => median(name, field) / median('filrouge', field);
    const ratios = {
      'eval + init': start(name) / start('filrouge'),
      'track()': ratio('call'),
      '1,000 calls': ratio('all'),
    };
    console.log(
      `${name}: ${Object.entries(ratios)
        .map(([what, value]) => `${what} ${value.toFixed(1)}x${value < 3 ? ' MISSED' : ''}`)
        .join(', ')}`,
    );
  }
}

function middle(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}

function sh(command, args, cwd) {
  if (spawnSync(command, args, { cwd, stdio: 'inherit' }).status !== 0) process.exit(1);
}
