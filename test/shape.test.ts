import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((name) => /\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(`${root}/${name}`, 'utf8') }));

/** Names of the files in which a pattern occurs. */
const having = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

describe('house rules', () => {
  it('sees the source', () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it('suppresses no check', () => {
    expect(having(/@ts-(ignore|expect-error|nocheck)|biome-ignore|eslint-disable/)).toEqual([]);
  });

  it('has no forced cast', () => {
    expect(having(/\bas any\b|<any>|as unknown as/)).toEqual([]);
  });

  it('keeps files under 250 lines', () => {
    const long = files.filter(({ text }) => text.split('\n').length > 251).map(({ name }) => name);
    expect(long).toEqual([]);
  });

  it('exports by name only and has no catch-all rooms', () => {
    expect(having(/^export default/m)).toEqual([]);
    expect(files.filter(({ name }) => /(utils|helpers|common|core|misc)(\/|\.ts$)/.test(name))).toEqual([]);
  });

  it('reaches no browser global in the rooms that must run anywhere', () => {
    const pure = files.filter(({ name }) => /^src\/(protocol|collectors)\//.test(name));
    expect(pure.filter(({ text }) => /\b(document|window|process)\./.test(text)).map(({ name }) => name)).toEqual([]);
  });
});
