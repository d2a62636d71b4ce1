import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { findChromium } from './browsers.js';

/** Builds what the tests load (the tag, the server) and makes sure that there is a browser, once for all suites. */
export default function setup(): void {
  process.env.CHROME_PATH = findChromium();
  if (process.env.FILROUGE_BUILT) return;
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  execFileSync('npm', ['run', 'build', '--silent'], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
