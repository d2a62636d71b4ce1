import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds the package where that was not done since its sources changed, and says so, for it takes a while. What the compiler
 * and the bundler print is of interest only where they fail: then it is thrown.
 * @param {(line: string) => void} say
 */
export function buildWhereNeeded(say) {
  // The last file that a build writes.
  const built = `${root}/dist/report-page.js`;
  if (existsSync(built) && statSync(built).mtimeMs > newest()) return;
  say('Building the package first. This takes up to a minute …');
  const { status, stdout, stderr } = spawnSync('npm', ['run', 'build', '--silent'], {
    cwd: root,
    encoding: 'utf8',
    // On Windows npm is a script.
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${stdout ?? ''}${stderr ?? ''}\nThe build failed. Was "npm ci" run before?`);
}

/** When the latest of the files was changed that a build depends on; directories tell of files that went. */
function newest() {
  const names = readdirSync(`${root}/src`, { recursive: true }).map((name) => `src/${name}`);
  return Math.max(
    ...['package-lock.json', 'rollup.config.mjs', ...names].map((name) => statSync(`${root}/${name}`).mtimeMs),
  );
}
