import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { until } from '../browser/wait.js';
import type { Tab } from './engines/contract.js';
import { GRANT, pause, type Situation, type Stage, trackAndLeaveUnheard, tracking } from './situation.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** The tag as it was on the morning of 23 November 2026, before it was repaired by the rows of `withdrawals.ts`. */
const OLDER = 'b5ec219';
const scripts: { [path: string]: string } = {};

/** During an upgrade caches still give out the version before: two of them on one site, with one queue. */
export const versions: Situation[] = [
  {
    name: `an older tag (${OLDER}) in one tab, this one in another: 20 each while the collector is down, then up`,
    tracked: 40,
    impossible: needsHistory,
    scripts,
    async run(stage) {
      const { tab, collector } = stage;
      const older = await visitOlder(stage);
      await collector.down();
      await tab.run(tracking(20));
      await older.run(tracking(20));
      await pause(3000);
      await collector.up();
    },
  },
  {
    name: `an older tag (${OLDER}) tracks 20 and the page is left, collector down; the next page has this one`,
    tracked: 20,
    extraCopies: 1,
    impossible: needsHistory,
    scripts,
    async run(stage) {
      const older = await visitOlder(stage);
      await stage.tab.close();
      await trackAndLeaveUnheard(older, stage);
      await stage.visit();
    },
  },
  {
    name: `this tag tracks 20 and the page is left, collector down; the next page has an older one (${OLDER})`,
    tracked: 20,
    extraCopies: 1,
    impossible: needsHistory,
    scripts,
    async run(stage) {
      await trackAndLeaveUnheard(stage.tab, stage);
      await visitOlder(stage);
    },
  },
];

/** A page with the older tag, which shares its queue with this one. */
async function visitOlder({ session, site, collector }: Stage): Promise<Tab> {
  scripts['/older.js'] ??= await buildTag(OLDER);
  const tab = await session.open(`${site.url}/plain`);
  await tab.run(`new Promise((done, fail) => {
    const script = document.createElement('script');
    Object.assign(script.dataset, { writeKey: 'wk', capture: 'pages', url: '${collector.url}' });
    script.onload = done; script.onerror = fail; script.src = '/older.js'; document.head.append(script);
  }).then(() => void filrouge.consent(${GRANT}))`);
  const count = 'indexedDB.databases().then(({ length }) => length)';
  await until('one queue', async () => (await tab.run(count)) === 1);
  return tab;
}

function needsHistory(): string | undefined {
  try {
    execFileSync('git', ['cat-file', '-e', `${OLDER}^{commit}`], { cwd: root, stdio: 'ignore' });
    return undefined;
  } catch {
    return 'this clone has no commits of then';
  }
}

/** Builds the tag of a commit in a directory of its own, with the tools of today. */
async function buildTag(commit: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'filrouge-older-'));
  const call = promisify(execFile);
  try {
    const archive = join(directory, 'archive.tar');
    const parts = ['src', 'package.json', 'tsconfig.json', 'rollup.config.mjs'];
    await call('git', ['archive', '-o', archive, commit, ...parts], { cwd: root });
    await call('tar', ['-xf', archive], { cwd: directory });
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    await call(join(root, 'node_modules/.bin/tsc'), ['-b', 'src/tag'], { cwd: directory });
    writeFileSync(join(directory, 'bundle.mjs'), BUNDLE);
    await call(process.execPath, ['bundle.mjs'], { cwd: directory });
    return readFileSync(join(directory, 'dist/filrouge.js'), 'utf8');
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Its first bundle is the tag. */
const BUNDLE = `import { rollup } from 'rollup';
  import configs from './rollup.config.mjs';
  const [tag] = configs;
  await (await rollup(tag)).write(tag.output);`;
