import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mergeTables, readTables, tablesOf, withSummary, writeTables } from './tables.mjs';

/**
 * `npm run faults [-- --engines chromium,firefox,webkit --only PATTERN --write]`: plays every situation in every engine and
 * prints delivered / tracked (copies on the wire, rows in the store). `--write` puts what was played into the tables of
 * `test/faults/README.md` and their summary into `README.md`; `--from FILE` takes what another run printed, and plays
 * nothing. `npm run faults -- receiver` plays the faults of the receiver instead.
 */
if (process.argv[2] === 'receiver') {
  await import('./receiver.mjs');
  process.exit();
}
const { values } = parseArgs({
  options: {
    engines: { type: 'string', default: 'chromium,firefox,webkit' },
    only: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
    from: { type: 'string', multiple: true },
  },
});
const root = fileURLToPath(new URL('../..', import.meta.url));

if (values.from) {
  for (const file of values.from) show(readTables(readFileSync(file, 'utf8')), false);
} else {
  const { code, results } = await play();
  show(tablesOf(results), !values.only && !code);
  process.exitCode = code;
}

async function play() {
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
  const lines = existsSync(out) ? readFileSync(out, 'utf8').trim().split('\n') : [];
  rmSync(directory, { recursive: true });
  return { code: code ?? 1, results: lines.map((line) => JSON.parse(line)) };
}

/** Prints what was played, and writes it down where that is asked for. */
function show(tables, isWhole) {
  console.log(
    `\nDelivered / tracked (copies on the wire, rows in the store). ${new Date().toISOString().slice(0, 10)}\n`,
  );
  console.log(writeTables(tables));
  if (!values.write) return;
  const [whole, readme] = [join(root, 'test/faults/README.md'), join(root, 'README.md')];
  const before = readFileSync(whole, 'utf8');
  const merged = mergeTables(readTables(before), tables, isWhole);
  writeFileSync(whole, before.slice(0, before.indexOf('\n## ') + 1) + writeTables(merged));
  writeFileSync(readme, withSummary(readFileSync(readme, 'utf8'), merged));
}
