import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';

const minify = terser({ ecma: 2022, module: true, compress: { passes: 3 } });
/**
 * Names between the tag's own parts, which get shorter ones. None of them may be in JSON, in the DOM, in the public API or in
 * what the files beside the tag are told; and nothing of the language or the DOM that the tag uses, for such names are mangled,
 * too (`encode` is one).
 */
const INTERNAL =
  /^(outboxes|setConsent|device|leave|purge|renew|sync|journal|record|wipe|release|saved|cleanUrl|tracker|maxBytes|isBlocked|isFailing|succeed|soon|begin|fail|hold|emit|call|cancel|adopted|ledger|purpose|collectors|parameters|firstId|onProblem|onConsent|ids|waiting|take|remove|send)$/;
const minifyTag = terser({
  ecma: 2022,
  module: true,
  // No function of ours is called with new.
  compress: {
    passes: 2,
    inline: 1,
    negate_iife: false,
    comparisons: false,
    loops: false,
    hoist_funs: true,
    unsafe_arrows: true,
    arrows: false,
  },
  mangle: { properties: { regex: INTERNAL, builtins: true } },
});
/** ECharts asks Node which build it is. */
const minifyPage = terser({
  ecma: 2022,
  module: true,
  compress: { passes: 1, global_defs: { 'process.env.NODE_ENV': 'production' } },
});
const browser = resolve({ browser: true });

/** Captures that the tag loads only when asked for, as files beside it. */
const LATER_CAPTURES = ['datalayer', 'elements', 'engagement', 'vitals'];

/** The page's style, in the order in which later rules win. */
const STYLE_PARTS = 'base head controls panels tiles charts tables figures people live narrow print'.split(' ');

/**
 * Consent platforms are the modules of that room that export a factory of their own name; and `named`, which puts them
 * together by `strictest` and has it inside.
 */
const consents = (existsSync('dist/consent') ? readdirSync('dist/consent') : [])
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.slice(0, -3))
  .filter((name) => name !== 'strictest')
  .filter((name) =>
    readFileSync(`dist/consent/${name}.d.ts`, 'utf8').match(`export declare function ${name}\\([^;]*ConsentSource`),
  );

/** Bundles what `tsc -b` emitted: the tag, what it loads beside itself, and the report page. */
export default [
  {
    input: 'dist/tag/main.js',
    output: { file: 'dist/filrouge.js', format: 'iife' },
    plugins: [browser, minifyTag, endAtOnce(), printIntegrity()],
  },
  ...LATER_CAPTURES.map((name) => ({
    input: `dist/capture/${name}.js`,
    output: { file: `dist/filrouge-${name}.js`, format: 'es' },
    plugins: [browser, minify, printIntegrity()],
  })),
  {
    input: 'dist/sw/main.js',
    output: { file: 'dist/filrouge-sw.js', format: 'iife' },
    plugins: [browser, minify, printIntegrity()],
  },
  {
    input: 'dist/tag/audience.js',
    output: { file: 'dist/filrouge-audience.js', format: 'iife' },
    plugins: [browser, minify, printIntegrity()],
  },
  ...consents.map((name) => ({
    input: `dist/consent/${name}.js`,
    output: { file: `dist/filrouge-consent-${name}.js`, format: 'es' },
    plugins: [browser, minify, printIntegrity()],
  })),
  {
    input: 'dist/report/page/main.js',
    output: { file: 'dist/report-page.js', format: 'es' },
    plugins: [browser, minifyPage, joinStyle()],
    onwarn: (warning, warn) => warning.code === 'CIRCULAR_DEPENDENCY' || warn(warning),
  },
].filter(({ input }) => existsSync(input));

/** No newline at the end: it cost 13 bytes of brotli. */
function endAtOnce() {
  return {
    name: 'end-at-once',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) chunk.code = chunk.code.trimEnd();
    },
  };
}

/** Site owners paste this into `integrity="…"` (W3C Subresource Integrity). */
function printIntegrity() {
  return {
    name: 'print-integrity',
    writeBundle(_, bundle) {
      for (const { fileName, code } of Object.values(bundle)) {
        console.log(`${fileName} sha384-${createHash('sha384').update(code).digest('base64')}`);
      }
    },
  };
}

/** One file, so that the page asks once. */
function joinStyle() {
  return {
    name: 'join-style',
    writeBundle() {
      mkdirSync('dist/report/page', { recursive: true });
      const parts = STYLE_PARTS.map((part) => readFileSync(`src/report/page/style/${part}.css`, 'utf8'));
      writeFileSync('dist/report/page/style.css', parts.join('\n'));
    },
  };
}
