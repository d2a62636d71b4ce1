import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'rollup/parseAst';

/** A regular expression of the source. */
export interface Expression {
  file: string;
  source: string;
  flags: string;
}

const DIST = new URL('../../dist/', import.meta.url);
const SRC = new URL('../../src/', import.meta.url);

/** All regular expressions in what was compiled from `src`, each once, and where a first one stands. */
export function expressionsOfSource(): Expression[] {
  const found = new Map<string, Expression>();
  for (const name of readdirSync(SRC, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts') || name.endsWith('.d.ts')) continue;
    const code = readFileSync(fileURLToPath(new URL(name.replace(/ts$/, 'js'), DIST)), 'utf8');
    JSON.stringify(parseAst(code), (_, node: unknown) => {
      if (typeof node === 'object' && node !== null && 'regex' in node) {
        const { pattern, flags } = node.regex as { pattern: string; flags: string };
        found.set(`/${pattern}/${flags}`, { file: name, source: pattern, flags });
      }
      // Literals of regular expressions and big numbers have values that JSON cannot say.
      return typeof node === 'bigint' ? String(node) : node;
    });
  }
  return [...found.values()];
}
