import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/server/program.js';

const readme = readFileSync(fileURLToPath(new URL('../../README.md', import.meta.url)), 'utf8');
let commands: string[] = [];
const helps = new Map<string, string>();

beforeAll(async () => {
  const [, list = ''] = (await helpOf()).split('\nCommands:\n');
  commands = [...list.matchAll(/^ {2}(\w+)/gm)].map(([, name = '']) => name).filter((name) => name !== 'help');
  for (const name of commands) helps.set(name, await helpOf(name));
});

async function helpOf(...args: string[]): Promise<string> {
  let out = '';
  const code = await runCommand([...args, '--help'], {
    out: (text) => {
      out += text;
    },
    err: () => {},
    isTerminal: false,
    untilStopped: async () => {},
  });
  expect(code).toBe(0);
  return out;
}

/** Flags of a command with the lines that explain them. */
function flagsOf(name: string): Map<string, string> {
  const [, options = ''] = (helps.get(name) ?? '').split('\nOptions:\n');
  const parts = options.split(/\n {2}(?=-)/).map((part) => part.trim());
  return new Map(parts.map((part) => [/--[\w-]+/.exec(part)?.[0] ?? '', part.replace(/\s+/g, ' ')]));
}

describe('the help', () => {
  it('of every command says what it does and shows examples that it would take', () => {
    expect(commands.length).toBeGreaterThan(10);
    for (const name of commands) {
      const help = helps.get(name) ?? '';
      const examples = [...help.matchAll(/^ +(?:\$|\S+ \|) .*?(?<=\s)filrouge (\w+)([^\n]*(?:\\\n[^\n]*)*)/gm)];
      expect(examples.length, name).toBeGreaterThan(0);
      for (const [line, command = '', rest = ''] of examples) {
        expect(helps.has(command), line).toBe(true);
        expect(unknownFlags(command, rest), line).toEqual([]);
      }
    }
  });

  it('of snippet names every capture and consent platform that there is', () => {
    // As rollup.config.mjs finds them: modules that export a factory of their own name.
    const factories = (room: string, type: string) => {
      const path = fileURLToPath(new URL(`../../src/${room}/`, import.meta.url));
      return readdirSync(path)
        .map((file) => file.replace('.ts', ''))
        .filter((name) => {
          const pattern = new RegExp(`export function ${name}\\([^;]*?: ${type} \\{`);
          return (
            name !== 'strictest' && name !== 'tsconfig.json' && pattern.test(readFileSync(`${path}${name}.ts`, 'utf8'))
          );
        });
    };
    const names = [...factories('capture', 'Capture'), ...factories('consent', 'ConsentSource')];
    const help = new Set(helps.get('snippet')?.match(/\w+/g));
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !help.has(name))).toEqual([]);
  });

  it('names a variable for every flag of serve, and README says so', () => {
    const without = [...flagsOf('serve')].filter(([flag, about]) => flag !== '--help' && !/env: FILROUGE_/.test(about));
    expect(without.map(([flag]) => flag)).toEqual([]);
    expect(readme).toContain('every flag of `serve` has a `FILROUGE_*` variable');
  });
});

describe('README', () => {
  it('names every command', () => {
    const [, list = ''] = /explains ([^;]+);/.exec(readme) ?? [];
    expect([...list.matchAll(/`(\w+)`/g)].map(([, name = '']) => name).sort()).toEqual([...commands].sort());
  });

  it('uses only commands and flags that there are', () => {
    const shells = [...readme.matchAll(/```sh\n(.*?)```/gs)].map(([, code = '']) => code.replace(/\\\n/g, ' '));
    const spans = [...readme.replace(/```.*?```/gs, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
    const calls = [...spans, ...shells.join('\n').split('\n')].flatMap((code) =>
      [...code.replace(/\s+/g, ' ').matchAll(/(?:^|npx )filrouge (\w+)([^|]*)/g)].map(([, name = '', rest = '']) => ({
        name,
        rest,
      })),
    );
    expect(calls.length).toBeGreaterThan(15);
    expect(calls.filter(({ name }) => !helps.has(name))).toEqual([]);
    const wrong = calls.flatMap(({ name, rest }) => unknownFlags(name, rest).map((flag) => `${name} ${flag}`));
    expect(wrong).toEqual([]);
  });

  it('names only variables that a command reads', () => {
    const known = new Set([...helps.values()].join().match(/FILROUGE_[A-Z_]*[A-Z]/g));
    const own = new Set(['FILROUGE_BUILT', 'FILROUGE_NEXT']);
    const named = readme.match(/FILROUGE_[A-Z_]*[A-Z]/g) ?? [];
    expect(named.filter((name) => !known.has(name) && !own.has(name))).toEqual([]);
  });
});

function unknownFlags(name: string, rest: string): string[] {
  const known = flagsOf(name);
  return (rest.match(/(?<=\s)--[a-z][\w-]*/g) ?? []).filter((flag) => !known.has(flag) && flag !== '--help');
}
