import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * `npm run faults [-- --engines chromium,firefox,webkit --only PATTERN]`: plays every situation in every engine and prints
 * delivered / tracked, copies on the wire, rows in the store, and bytes. `npm run faults -- receiver` plays the faults of
 * the receiver instead.
 */
if (process.argv[2] === 'receiver') {
  await import('./receiver.mjs');
  process.exit();
}
const { values } = parseArgs({
  options: {
    engines: { type: 'string', default: 'chromium,firefox,webkit' },
    only: { type: 'string', default: '' },
  },
});
const root = fileURLToPath(new URL('../..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'filrouge-faults-'));
const out = join(directory, 'results.jsonl');
const env = { ...process.env, FAULTS_OUT: out, FAULTS_ONLY: values.only };
const args = [
  'run',
  '--config',
  'test/vitest.config.ts',
  '--reporter=dot',
  '--no-file-parallelism',
  ...values.engines.split(',').map((engine) => `test/faults/${engine}.test.ts`),
];
const code = await new Promise((resolve) => {
  spawn(join(root, 'node_modules/.bin/vitest'), args, { cwd: root, env, stdio: 'inherit' }).once('exit', resolve);
});
print(
  existsSync(out)
    ? readFileSync(out, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [],
);
rmSync(directory, { recursive: true });
process.exitCode = code ?? 1;

function print(results) {
  const engines = [...new Set(results.map(({ engine }) => engine))];
  const version = (engine) => results.find((result) => result.engine === engine && result.version)?.version ?? engine;
  console.log(
    `\nDelivered / tracked, (copies on the wire, rows in the store, KB sent). ${new Date().toISOString().slice(0, 10)}\n`,
  );
  console.log(`| situation | ${engines.map(version).join(' | ')} |`);
  console.log(`| --- |${engines.map(() => ' --- |').join('')}`);
  for (const situation of new Set(results.map((result) => result.situation))) {
    const cells = engines.map((engine) => cell(results.find((r) => r.situation === situation && r.engine === engine)));
    console.log(`| ${situation} | ${cells.join(' | ')} |`);
  }
  const played = results.filter(({ impossible }) => !impossible);
  const lost = played.reduce((sum, { tracked, delivered }) => sum + tracked - delivered, 0);
  const twice = played.reduce((sum, { delivered, inStore }) => sum + inStore - delivered, 0);
  console.log(
    `\n${played.length} situations played, ${results.length - played.length} impossible; ${lost} events lost, ${twice} stored twice`,
  );
}

function cell(result) {
  if (!result) return 'failed';
  if (result.impossible) return `n/a: ${result.impossible}`;
  return `${result.delivered} / ${result.tracked} (${result.onWire}, ${result.inStore}, ${Math.round(result.bytes / 1024)})`;
}
