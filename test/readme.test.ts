import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { REASONS } from '../src/protocol/index.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${root}/README.md`, 'utf8');
const section = (title: string) => readme.split(new RegExp(`^## ${title}$`, 'm'))[1]?.split(/^## /m)[0] ?? '';

describe('README', () => {
  it('explains every reason code with the sentence that the receiver sends', () => {
    const missing = Object.entries(REASONS).filter(([code, text]) => !readme.includes(`| \`${code}\` | ${text} |`));
    expect(missing).toEqual([]);
  });

  it('explains every problem code of the SDK', () => {
    const source = readFileSync(`${root}/src/protocol/reasons.ts`, 'utf8').split('export type ProblemCode')[1] ?? '';
    const codes = [...source.matchAll(/'([\w-]+)'/g)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(5);
    expect(codes.filter((code) => !readme.includes(`\`${code}\``))).toEqual([]);
  });

  it('names only files that exist on the way of an event', () => {
    const named = [...section('How it works').matchAll(/`([\w-]+\/[\w/-]+\.ts)`/g)].map(([, path]) => path);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !existsSync(`${root}/src/${path}`))).toEqual([]);
  });

  it('shows pictures that exist', () => {
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, path]) => path);
    expect(pictures.filter((path) => !existsSync(`${root}/${path}`))).toEqual([]);
  });
});
