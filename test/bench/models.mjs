// Attribution over a million distinct paths: node test/bench/models.mjs [paths]. Needs a build.
import { attributePaths } from '../../dist/report/attribution/attribute-paths.js';
import { PATH_MODEL_NAMES } from '../../dist/report/models/path-models.js';

const paths = Number(process.argv[2] ?? 1_000_000);

/** Distinct paths of 1 to 10 touches over `channels` channels, some of them far more frequent than others. */
function makeRows(count, channels) {
  let state = 42;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const names = Array.from({ length: channels }, (_, i) => `channel ${i}`);
  const seen = new Set();
  const rows = [];
  while (rows.length < count) {
    const length = 1 + Math.floor(random() * 10);
    const path = Array.from({ length }, () => names[Math.floor(channels * random() ** 2)]);
    const key = path.join();
    if (seen.has(key)) continue;
    seen.add(key);
    const conversions = random() < 0.3 ? 1 : 0;
    rows.push({
      path,
      conversions,
      nulls: 1 - conversions,
      value: (conversions * Math.round(random() * 10_000)) / 100,
    });
  }
  return rows;
}

function measure(label, rows, model, options = {}) {
  const [start, used] = [performance.now(), process.cpuUsage()];
  const { totals, rows: found } = attributePaths(rows, model, options);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(used);
  const given = found.reduce((sum, one) => sum + one.conversions, 0);
  const isRight = given === totals.conversions;
  // On a busy machine the time says little, and the processor's says what it would be on a quiet one.
  const own = ((user + system) / 1e6).toFixed(2).padStart(7);
  console.log(`${label.padEnd(34)} ${seconds.toFixed(2).padStart(7)} s  ${own} s  ${isRight ? '' : 'SUM IS WRONG'}`);
  return seconds;
}

const rows = makeRows(paths, 20);
console.log(`${rows.length.toLocaleString('en')} distinct paths, 20 channels: time, and time of the processor`);
let slowest = 0;
for (const model of PATH_MODEL_NAMES) slowest = Math.max(slowest, measure(model, rows, model));
for (const order of [2, 3, 4]) measure(`markov, order ${order}`, rows, 'markov', { order, transitions: false });
measure('shapley, rate game (sampled)', rows, 'shapley', { game: 'rate' });
const fifteen = rows.map((row) => ({ ...row, path: row.path.map((name) => `c${Number(name.slice(8)) % 15}`) }));
measure('shapley, rate game, 15 channels', fifteen, 'shapley', { game: 'rate' });

const wide = makeRows(Math.min(paths, 200_000), 1000);
console.log(`\n${wide.length.toLocaleString('en')} distinct paths, 1,000 channels`);
for (const model of ['markov', 'shapley', 'data-driven']) measure(model, wide, model, { transitions: false });
const tail = makeRows(Math.min(paths, 10_000), 2000);
console.log(`\n${tail.length.toLocaleString('en')} distinct paths, 2,000 channels`);
measure('markov', tail, 'markov', { transitions: false });

console.log(
  `\n${slowest <= 5 ? 'reached' : 'MISSED '}  slowest model at its default: ${slowest.toFixed(2)} s (target 5)`,
);
