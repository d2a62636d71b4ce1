import { fileURLToPath } from 'node:url';
import resolve from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';

/** Bundles a banner with the IAB's code for the browser. */
export async function bundleBanner(name: 'tcf' | 'gpp'): Promise<string> {
  const input = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
  const build = await rollup({ input, plugins: [resolve({ browser: true })], onwarn: () => {} });
  const { output } = await build.generate({ format: 'iife' });
  await build.close();
  return output[0].code;
}
