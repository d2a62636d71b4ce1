import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The files that take longest, these first: whatever starts last runs alone. Vitest would go by how long files took the last
 * time, which a clean clone does not know.
 */
const LONGEST = [
  'faults/chromium',
  'faults/firefox',
  'demo/',
  'sw/sw',
  'property/',
  'consent/',
  'browser/',
  'faults/',
  'stores/duckdb',
  'server/',
  'size',
  'report/page',
  'across/',
  'capture/',
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

export default defineConfig({
  test: {
    root,
    include: ['**/*.test.ts'],
    exclude: process.env.FAULTS_OUT ? [] : ['faults/webkit.test.ts'],
    globalSetup: ['./setup.ts'],
    // One more than cores: a test with a browser waits for it, or for a timer of ours, half of its time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
