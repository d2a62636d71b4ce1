import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm run faults -- receiver [TEXT]`: plays the faults of the receiver (those whose name has TEXT) on the built command
 * line and prints acknowledged / stored / twice.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'filrouge-faults-'));
const out = join(directory, 'results.jsonl');
const env = { ...process.env, FAULTS_RECEIVER_OUT: out, FAULTS_ONLY: process.argv[3] ?? '' };
const args = ['run', '--config', 'test/vitest.config.ts', '--no-file-parallelism', 'test/faults/receiver.test.ts'];
const code = await new Promise((resolve) => {
  spawn(join(root, 'node_modules/.bin/vitest'), args, { cwd: root, env, stdio: 'inherit' }).once('exit', resolve);
});
const results = existsSync(out)
  ? readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];
console.log(
  `\nfilrouge serve, DuckDB store, node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}\n`,
);
console.log('| fault | acknowledged | stored | twice | |');
console.log('| --- | ---: | ---: | ---: | --- |');
for (const { situation, acknowledged, stored, twice, note } of results) {
  console.log(`| ${[situation, acknowledged, stored, twice, note].join(' | ')} |`);
}
rmSync(directory, { recursive: true });
process.exitCode = code ?? 1;
