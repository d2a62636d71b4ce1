import { fileURLToPath } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';

/**
 * Bundles exports of the built package for a page, as `window.lib`. `parts` are paths below dist/ without `.js`; each file
 * gives all that it exports.
 */
export async function bundleParts(parts: readonly string[]): Promise<string> {
  const lines = parts.map(
    (part) => `export * from ${JSON.stringify(fileURLToPath(new URL(`../../dist/${part}.js`, import.meta.url)))};`,
  );
  const build = await rollup({
    input: 'entry',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : null),
        load: (id) => (id === 'entry' ? lines.join('\n') : null),
      },
      resolve({ browser: true }),
    ],
  });
  const { output } = await build.generate({ format: 'iife', name: 'lib' });
  await build.close();
  return output[0].code;
}
