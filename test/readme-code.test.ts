import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { freshDirectory } from './files.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}/README.md`, 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, code = '']) => code);

/** What the blocks take as given: the reader has it from a block before, or of their own. */
const GIVEN = `
declare const createTracker: typeof import('filrouge').createTracker;
declare const tracker: import('filrouge').Tracker;
declare const collectors: import('filrouge').Collector[];
declare const collector: import('filrouge').Collector;
declare const capture: import('filrouge').Capture[];
declare const button: HTMLButtonElement;
declare const SECRET_KEY: string;
`;

const STRICT = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  noEmit: true,
  target: 'ES2022',
  lib: ['ES2023', 'DOM', 'DOM.Iterable'],
  types: ['node'],
};

let directory: string;
beforeAll(() => {
  // A project as its reader has it: the package under its name in node_modules, beside what it uses.
  directory = freshDirectory();
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(root, join(directory, 'node_modules/filrouge'));
  for (const name of ['@types', '@segment', '@duckdb', 'undici-types']) {
    symlinkSync(join(root, 'node_modules', name), join(directory, 'node_modules', name));
  }
  writeFileSync(join(directory, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(directory, 'given.d.ts'), GIVEN);
  for (const [i, code] of blocks('ts').entries()) writeFileSync(join(directory, `block-${i}.ts`), code);
});

describe('code in README', () => {
  it.each([
    ['NodeNext', 'NodeNext'],
    ['ESNext', 'Bundler'],
  ])('compiles as it stands in a strict project, module %s, resolution %s', (module, moduleResolution) => {
    expect(blocks('ts').length).toBeGreaterThan(5);
    const config = { compilerOptions: { ...STRICT, module, moduleResolution }, include: ['*.ts'] };
    writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config));
    expect(compile()).toBe('');
  });

  it('has JSON that is JSON', () => {
    expect(blocks('json').length).toBeGreaterThan(1);
    for (const code of blocks('json')) expect(() => JSON.parse(code), code).not.toThrow();
  });
});

/** What the compiler says; nothing where all is well. */
function compile(): string {
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', directory, '--pretty', 'false'], { encoding: 'utf8' });
    return '';
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  }
}
