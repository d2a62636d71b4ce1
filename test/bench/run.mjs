// npm run bench: what is measured in a few minutes. Arguments: seconds of each receiver measurement (default 5), or the
// name of one file here and its arguments, e.g. `npm run bench -- people`; `npm run bench -- report` takes longer.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { benchReceiver } from './receiver.mjs';

const [what = '5', ...rest] = process.argv.slice(2);
const seconds = Number(what);
const place = (name) => fileURLToPath(new URL(name, import.meta.url));
const only = `${what}.mjs`;
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

for (const name of isOne ? [only] : ['people.mjs', 'store.mjs', 'models.mjs']) {
  console.log('');
  const run = spawnSync(process.execPath, [place(name), ...rest], { stdio: 'inherit' });
  if (run.status !== 0) process.exitCode = 1;
}

function judge(what, figure, target) {
  const shown = figure < 10 ? figure.toFixed(2) : Math.round(figure).toLocaleString('en');
  console.log(`${figure >= target ? 'reached' : 'MISSED '}  ${what}: ${shown} (target ${target.toLocaleString('en')})`);
}
