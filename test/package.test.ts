import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
const packed: string[] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
)[0].files.map(({ path }: { path: string }) => path);

describe('the package', () => {
  it.each(Object.entries<string | { types: string; node?: string; default: string }>(manifest.exports))(
    'has what %s points to',
    (_, target) => {
      for (const path of typeof target === 'string'
        ? [target]
        : [target.types, target.node ?? target.default, target.default]) {
        const pattern = path.replace(/^\.\//, '').replace('*', '');
        const [head = '', tail = ''] = path.replace(/^\.\//, '').split('*');
        expect(
          packed.some((name) => (path.includes('*') ? name.startsWith(head) && name.endsWith(tail) : name === pattern)),
        ).toBe(true);
      }
    },
  );

  it('ships neither sources, tests nor build records', () => {
    expect(packed.filter((name) => /^(src|test|demo)\/|tsbuildinfo|\.map$/.test(name))).toEqual([]);
    expect(packed).toContain('LICENSE');
    expect(packed).toContain('README.md');
  });

  it('can be imported by name in Node, the browser parts included', async () => {
    const script = `
      import { createTracker } from 'filrouge';
      import { segment } from 'filrouge/collectors/segment';
      import { pages } from 'filrouge/capture/pages';
      import { cookieconsent } from 'filrouge/consent/cookieconsent';
      import { snippet } from 'filrouge/tag';
      import { createAudience } from 'filrouge/exempt';
      import { audienceBook } from 'filrouge/audience';
      import { createReceiver } from 'filrouge/receiver';
      import { fileLog } from 'filrouge/log/file';
      import { memoryStore } from 'filrouge/stores/memory';
      import { duckdbStore } from 'filrouge/stores/duckdb';
      import { createDoors } from 'filrouge/intake';
      import { createReports } from 'filrouge/report';
      import { startServer } from 'filrouge/server';
      console.log([createTracker, segment, pages, cookieconsent, snippet, createAudience, audienceBook, createReceiver, fileLog, memoryStore, duckdbStore, createDoors, createReports, startServer].map((f) => typeof f).join());
    `;
    const printed = execFileSync('node', ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
    expect(printed.trim()).toBe(Array(14).fill('function').join());
  });

  it('can be rendered on a server, where there is no document: the tracker does nothing there', () => {
    const script = `
      import { createTracker } from 'filrouge';
      const tracker = createTracker({ collectors: [], consent: { analytics: 'granted' } });
      tracker.page();
      tracker.track('Rendered', {}, () => {});
      await tracker.flush();
      console.log(tracker.consent().analytics, tracker.visitor().touches.length);
    `;
    const printed = execFileSync('node', ['--input-type=module', '-e', script], { cwd: root, encoding: 'utf8' });
    expect(printed.trim()).toBe('pending 0');
  });

  it('marks as side-effectful only what is', () => {
    for (const path of manifest.sideEffects) expect(existsSync(`${root}/${path}`), path).toBe(true);
  });

  it('commits no registry address', () => {
    expect(readFileSync(`${root}/package-lock.json`, 'utf8')).not.toMatch(/"resolved": *"http/);
  });
});
