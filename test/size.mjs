import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { minify } from 'terser';

/**
 * Prints what a page pays: raw, gzip and brotli bytes of each entry, minified as in rollup.config.mjs. Exits with 1 when one
 * is over its limit. Captures, consent adapters and collectors count as what they add to the tracker.
 */

const dist = new URL('../dist/', import.meta.url);
const file = (path) => fileURLToPath(new URL(path, dist));

/**
 * Bytes of brotli. A limit is measured + 3 % and may only fall, until it has reached its goal. Raised three times: telling a
 * withdrawal and where a choice comes from cost 110 bytes, idb-keyval 40 over our own few lines; 80 what the faults of 23
 * November 2026 found: a withdrawal that a page in the back/forward cache did not hear, a disk that never answers, a clock
 * set back, and keepalive used up by others.
 */
const LIMITS = {
  tracker: { limit: 6_560, goal: 4_608 },
  tag: { limit: 7_680, goal: 7_680 },
  audience: { limit: 1_940, goal: 1_940 },
  vitals: { limit: 3_150, goal: 3_150 },
  capture: { limit: 800, goal: 800 },
  consent: { limit: 614, goal: 614 },
  collectors: { limit: 819, goal: 819 },
};

/** Of collectors that say more than the goal has room for: the words and refusals of GA4, Snowplow's entities, carts. */
const LARGER = { google: 1_692, matomo: 1_357, posthog: 1_071, snowplow: 1_541 };

if (!existsSync(file('index.js'))) {
  console.error('Nothing is built yet: run "npm run build" first.');
  process.exit(2);
}

const rows = [];
let isOver = false;

const segment = { path: 'collectors/segment.js', name: 'segment' };
const pages = { path: 'capture/pages.js', name: 'pages' };
add('createTracker + segment + pages', await bundle([segment, pages]), LIMITS.tracker);
add('filrouge.js (the whole tag)', readFileSync(file('filrouge.js'), 'utf8'), LIMITS.tag);
add(
  'createAudience + pages, alone',
  await bundle([{ path: 'exempt/audience.js', name: 'createAudience' }, pages], false),
  LIMITS.audience,
);
add('filrouge-vitals.js', readFileSync(file('filrouge-vitals.js'), 'utf8'), LIMITS.vitals);

const alone = await bundle([]);
for (const room of ['capture', 'consent', 'collectors']) {
  for (const path of readdirSync(new URL(`${room}/`, dist)).filter((name) => name.endsWith('.js'))) {
    // It has a file of its own, measured above.
    if (path === 'vitals.js') continue;
    const name = path.replace('.js', '');
    const { limit, goal } = LIMITS[room];
    const own = { limit: (room === 'collectors' && LARGER[name]) || limit, goal };
    add(`+ ${room}/${name}`, await bundle([{ path: `${room}/${path}`, name }]), own, alone);
  }
}

console.table(Object.fromEntries(rows));
process.exitCode = isOver ? 1 : 0;

/** Bundles the tracker (unless without) with named exports of these files, all of them used. */
async function bundle(parts, withTracker = true) {
  const lines = parts.map(({ path, name }) => `export { ${name} } from ${JSON.stringify(file(path))};`);
  if (withTracker) lines.unshift(`export { createTracker } from ${JSON.stringify(file('index.js'))};`);
  const entry = lines.join('\n');
  const build = await rollup({
    input: 'entry',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : null),
        load: (id) => (id === 'entry' ? entry : null),
      },
      resolve({ browser: true }),
      // The plugin of the build would start a thread for each of these forty.
      { name: 'minify', renderChunk: (code) => minify(code, { ecma: 2022, module: true, compress: { passes: 3 } }) },
    ],
  });
  const { output } = await build.generate({ format: 'es' });
  await build.close();
  return output[0].code;
}

function add(title, code, { limit, goal }, base = '') {
  const brotli = size(brotliCompressSync, code) - size(brotliCompressSync, base);
  const raw = code.length - base.length;
  const gzip = size(gzipSync, code) - size(gzipSync, base);
  const verdict = brotli > limit ? 'OVER THE LIMIT' : brotli > goal ? `${brotli - goal} over the goal` : 'ok';
  isOver ||= brotli > limit;
  rows.push([title, { raw, gzip, brotli, limit, goal, verdict }]);
}

function size(compress, code) {
  return code ? compress(code).length : 0;
}
