// npm run bench: everything that is measured, in one run. Arguments: seconds of each receiver measurement (default 5), or
// the name of one file here, e.g. `npm run bench -- people`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { benchReceiver } from './receiver.mjs';

const seconds = Number(process.argv[2] ?? 5);
const place = (name) => fileURLToPath(new URL(name, import.meta.url));
const only = `${process.argv[2]}.mjs`;
const isOne = existsSync(place(only));

if (!existsSync(place('../../dist/server/node.js'))) {
  const built = spawnSync('npm', ['run', 'build', '--silent'], { cwd: place('../..'), stdio: 'inherit', shell: true });
  if (built.status !== 0) process.exit(1);
}
console.log(`node ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}`);
// Figures of a busy machine say little: whoever reads them should know.
console.log(`load before: ${loadavg()[0].toFixed(2)}\n`);

if (!isOne) {
  const { small, browser, applied } = await benchReceiver({ seconds });
  judge('acknowledged against no-op, small events', small.ratio, 0.35);
  judge('acknowledged against no-op, browser events', browser.ratio, 0.35);
  judge('sustained events/s on shared cores', applied, 20_000);
}

for (const name of isOne ? [only] : ['people.mjs', 'store.mjs', 'reports.mjs', 'report.mjs']) {
  if (!existsSync(place(name))) continue;
  console.log('');
  const run = spawnSync(process.execPath, [place(name)], { stdio: 'inherit' });
  if (run.status !== 0) process.exitCode = 1;
}

function judge(what, figure, target) {
  const shown = figure < 10 ? figure.toFixed(2) : Math.round(figure).toLocaleString('en');
  console.log(`${figure >= target ? 'reached' : 'MISSED '}  ${what}: ${shown} (target ${target.toLocaleString('en')})`);
}
