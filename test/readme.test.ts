import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readForwardSettings } from '../src/forward/index.js';
import { MAPS, SERVICE_NAMES } from '../src/intake/index.js';
import { REASONS } from '../src/protocol/index.js';
import { AUDIENCE_GROUPS, EXPORT_TABLES, PATH_MODEL_NAMES, REPORT_NAMES } from '../src/report/index.js';
import { allSituations } from './faults/all.js';
import { readTables, summaryOf, withSummary } from './faults/tables.mjs';

/** What README lists must be what the code has: names added to one and not to the other are found here. */
const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8');
const readme = read('README.md');

/** The text under a heading, up to the next one of the same or a higher rank. */
function section(heading: string): string {
  const [, after = ''] = readme.split(`\n${heading}\n`);
  const rank = heading.split(' ')[0]?.length ?? 1;
  return after.split(new RegExp(`^#{1,${rank}} `, 'm'))[0] ?? '';
}

const cells = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => /^\| (?!-)/.test(line))
    .slice(1)
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')));

/** What stands between backticks. */
const names = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
const firstCells = (text: string): string[] => cells(text).flatMap(([first = '']) => names(first));

/** The members of an interface in a source file. */
function membersOf(path: string, name: string): string[] {
  const [, body = ''] = new RegExp(`export interface ${name} \\{\n(.*?)\n\\}`, 's').exec(read(path)) ?? [];
  return [...new Set([...body.matchAll(/^ {2}(\w+)[?(<:]/gm)].map(([, member = '']) => member))];
}

const sorted = (list: Iterable<string>): string[] => [...list].sort();

describe('README names', () => {
  it('every option and method of the tracker, and no other', () => {
    const options = section('## Options of `createTracker`');
    expect(sorted(firstCells(options.split('### ')[0] ?? ''))).toEqual(
      sorted(membersOf('src/browser/options.ts', 'TrackerOptions')),
    );
    const [, methods = ''] = /^Methods: `([^`]+)`/m.exec(options) ?? [];
    expect(sorted(methods.split(' '))).toEqual(sorted(membersOf('src/browser/options.ts', 'Tracker')));
  });

  it('every attribute of the tag, and no other', () => {
    const tag = read('src/tag/main.ts');
    const [, taken = ''] = /^ {2}const \{ (.*) \} = dataset;/m.exec(tag) ?? [];
    const [, asTheyAre = ''] = /Pick<TrackerOptions, (.*)>;/.exec(tag) ?? [];
    const read1 = [
      ...taken.matchAll(/(\w+)(?: = [^,]+)?(?:,|$)/g),
      ...asTheyAre.matchAll(/'(\w+)'/g),
      ...tag.matchAll(/dataset\.(\w+)/g),
    ];
    const attributes = read1.map(([, name = '']) => `data-${name.replace(/[A-Z]/g, (big) => `-${big.toLowerCase()}`)}`);
    expect(sorted(firstCells(section('### Put the tag on a site')))).toEqual(sorted(new Set(attributes)));
  });

  it('every problem code of the SDK and every reason code of the receiver, and no other', () => {
    const [, union = ''] = /export type ProblemCode =([^;]+);/.exec(read('src/protocol/reasons.ts')) ?? [];
    const codes = [...union.matchAll(/'([\w-]+)'/g)].map(([, code = '']) => code);
    expect(sorted(firstCells(section('### Problem codes of the SDK')))).toEqual(sorted(codes));
    const reasons = section('### Reason codes of the receiver');
    expect(sorted(firstCells(reasons))).toEqual(sorted(Object.keys(REASONS)));
    // With the sentence that the receiver sends.
    expect(cells(reasons).map(([, text]) => text)).toEqual(Object.values(REASONS));
  });

  it('every report, and no other', () => {
    const [text = ''] = section('## Reports').split('\n### ');
    expect(sorted(firstCells(text))).toEqual(sorted(REPORT_NAMES));
    const audience = section('### Measure the audience without consent');
    expect(AUDIENCE_GROUPS.filter((group) => !audience.includes(group))).toEqual([]);
  });

  it('every column of each table that can be exported, in its order', () => {
    const rows = cells(section('### Export'));
    const columns = (text: string) =>
      text
        .replace(/\([^)]*\)|:.*| as JSON text/g, '')
        .split(/[,;] /)
        .map((name) => name.trim());
    expect(rows.map(([name = '', , list = '']) => [names(name)[0], columns(list)])).toEqual(
      Object.entries(EXPORT_TABLES).map(([name, table]) => [name, table.columns.map(([column]) => column)]),
    );
  });

  it('every attribution model, import map, webhook and destination', () => {
    const [, models = ''] = /\*\*Models\.\*\* (.+?)\n\n/s.exec(section('## Channels and attribution')) ?? [];
    expect(PATH_MODEL_NAMES.filter((name) => !names(models).includes(name))).toEqual([]);
    const intake = section('## Other doors in');
    expect(Object.keys(MAPS).filter((name) => !intake.includes(`\`${name}\``))).toEqual([]);
    expect(SERVICE_NAMES.filter((name) => !firstCells(intake).includes(name))).toEqual([]);
    const refused = () => readForwardSettings('{ "destinations": { "a": { "type": "?" } } }', {});
    const types = /one of ([^.]+)/.exec(messageOf(refused))?.[1]?.split(', ') ?? [];
    expect(types.length).toBeGreaterThan(5);
    const forward = section('### Forward to other systems from the receiver');
    expect(types.filter((name) => !new RegExp(`[\`\\s]${name}[\`\\s]`).test(forward))).toEqual([]);
  });
});

it('README counts the labelled visits as there are', () => {
  const lines = ['corpus', 'outside'].flatMap((name) => read(`test/report/classify-${name}.txt`).split('\n'));
  const visits = lines.filter((line) => !line.startsWith('#') && line.includes(' | '));
  expect(readme).toContain(`${visits.length} labelled visits`);
});

describe('the tables of faults', () => {
  const tables = readTables(read('test/faults/README.md'));

  it('have a row for each situation, in their order', () => {
    expect(tables.rows.map(({ group, situation }) => [group, situation])).toEqual(
      allSituations.map(({ group, name }) => [group, name]),
    );
  });

  it('are summed up in README', () => {
    expect(section('## Proof')).toContain(summaryOf(tables));
    expect(withSummary(readme, tables)).toBe(readme);
  });
});

it('README tells every room and what it imports, as the compiler is told', () => {
  const [, text = ''] = section('## How it works').split('Each directory of `src/` is a room');
  const rooms = readdirSync(`${root}/src`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const references = (name: string) =>
    [...read(`src/${name}/tsconfig.json`).matchAll(/"path": "\.\.\/(\w+)"/g)].map(([, room = '']) => room);
  const told = cells(text.split('\n\n')[1] ?? '').map(([room = '', , imports = '']) => [names(room)[0], imports]);
  expect(sorted(told.map(([room = '']) => room))).toEqual(sorted(rooms.map(({ name }) => name)));
  for (const [room = '', imports = ''] of told) {
    expect(sorted(imports.match(/\w+/g) ?? []), room).toEqual(sorted(references(room)));
  }
});

describe('README leads', () => {
  it('to the files on the path of an event', () => {
    const steps = section('## How it works').split('\n\n')[1] ?? '';
    const named = names(steps).filter((name) => name.endsWith('.ts'));
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((path) => !existsSync(`${root}/src/${path}`))).toEqual([]);
  });

  it('to files, headings and scripts that exist', () => {
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target = '']) => target);
    const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => `#${slug(title)}`);
    const isThere = (target: string) =>
      target.startsWith('#') ? anchors.includes(target) : /^https:/.test(target) || existsSync(`${root}/${target}`);
    expect(links.filter((target) => !isThere(target))).toEqual([]);
    const { scripts }: { scripts: { [name: string]: string } } = JSON.parse(read('package.json'));
    const run = [...readme.matchAll(/npm run ([\w-]+)/g)].map(([, name = '']) => name);
    expect(run.filter((name) => !scripts[name])).toEqual([]);
    const files = [...readme.matchAll(/`(?:node |bash )?((?:test|src|demo|\.ci)\/[\w./-]+)[` ]/g)].map(
      ([, path = '']) => path,
    );
    expect(files.length).toBeGreaterThan(5);
    expect(files.filter((path) => !existsSync(`${root}/${path}`))).toEqual([]);
    const benches = [...readme.matchAll(/npm run bench -- ([a-z]+)/g)].map(([, name = '']) => name);
    expect(benches.filter((name) => !existsSync(`${root}/test/bench/${name}.mjs`))).toEqual([]);
  });

  it('to parts of the package that there are', () => {
    const { exports }: { exports: { [door: string]: string | { default: string } } } = JSON.parse(read('package.json'));
    const doors = [...readme.matchAll(/['`](filrouge(?:\/[\w./-]+)?)['`]/g)].map(
      ([, name = '']) => `.${name.slice(8)}`,
    );
    expect(doors.length).toBeGreaterThan(20);
    const isThere = (door: string) => {
      const [room = ''] = door.match(/^\.\/[^/]+/) ?? [];
      const target = exports[door] ?? exports[`${room}/*`];
      const path = typeof target === 'string' ? target : target?.default.replace('*', door.slice(room.length + 1));
      return path !== undefined && existsSync(`${root}/${path}`);
    };
    expect(doors.filter((door) => !isThere(door))).toEqual([]);
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return '';
}

/** As GitHub makes it. */
function slug(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replace(/ /g, '-');
}
