import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, these first: whatever starts last runs alone. Vitest would go by how long files took the last
 * time, which a clean clone does not know.
 */
const LONGEST = [
  'stores/duckdb',
  'faults/',
  'report/page.',
  'across/',
  'size',
  'consent/',
  'server/faults',
  'property/',
  'capture/',
  'demo/',
  'sw/sw',
  'stores/crash',
  'browser/',
  'report/page',
  'server/',
  'exempt/',
  'intake/import-',
  'forward/restart',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const name = moduleId.slice(root.length);
      const found = LONGEST.findIndex((start) => name.startsWith(start));
      return found < 0 ? LONGEST.length : found;
    };
    return files.toSorted((a, b) => rank(a) - rank(b) || a.moduleId.localeCompare(b.moduleId));
  }
}

const root = new URL('.', import.meta.url).pathname;

/** These change what others in the same process would see: a module that is mocked, globals of a browser. */
const ALONE = ['security/keys.test.ts', 'browser/queue.test.ts', 'property/browser.test.ts'];
/** Node has a `localStorage` of its own from 25 on, which would hide that of the imitated browser. */
const WITHOUT_OWN_STORAGE = Number.parseInt(process.versions.node, 10) >= 25 ? ['--no-experimental-webstorage'] : [];
const EXCLUDED = process.env.FAULTS_OUT ? [] : ['faults/webkit.test.ts'];

export default defineConfig({
  test: {
    root,
    // One process for many files, which loads what they share once: playwright, fast-check, our own sources.
    projects: [
      {
        extends: true,
        test: { name: 'shared', include: ['**/*.test.ts'], exclude: [...EXCLUDED, ...ALONE], isolate: false },
      },
      { extends: true, test: { name: 'alone', include: ALONE, execArgv: WITHOUT_OWN_STORAGE } },
    ],
    globalSetup: ['./setup.ts'],
    setupFiles: ['./clean-up.ts'],
    // One more than cores: a test with a browser waits for it, or for a timer of ours, half of its time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    // What is built is loaded as Node loads it: Vite would take each file apart again, for seconds where the machine is busy.
    server: { deps: { external: [/\/dist\//] } },
    // For a machine that is ten times slower: nothing but a test that hangs comes so far.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
