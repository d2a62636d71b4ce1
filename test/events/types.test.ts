import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, expectTypeOf, it } from 'vitest';
import type { TrackedEvents, Tracker } from '../../src/browser/options.js';
import type { Events, Product } from '../../src/events/index.js';
import { freshDirectory } from '../files.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
let directory: string;

beforeAll(() => {
  directory = freshDirectory();
  mkdirSync(join(directory, 'node_modules'));
  symlinkSync(root, join(directory, 'node_modules/filrouge'));
});

/** What the compiler says to a page's own file, as codes with their lines. */
function complaints(lines: string): string[] {
  writeFileSync(
    join(directory, 'page.ts'),
    `import type { Tracker } from 'filrouge';\ndeclare const tracker: Tracker;\n${lines}\n`,
  );
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--types', ''];
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), [...flags, 'page.ts'], { cwd: directory, encoding: 'utf8' });
    return [];
  } catch (error) {
    const { stdout } = error as { stdout: string };
    return [...stdout.matchAll(/page\.ts\((\d+),.*error (TS\d+)/g)].map(
      ([, line, code]) => `${Number(line) - 2} ${code}`,
    );
  }
}

it('gives each event its properties', () => {
  expectTypeOf<Events['Order Completed']['order_id']>().toEqualTypeOf<string>();
  expectTypeOf<Events['Order Completed']['total']>().toEqualTypeOf<number | undefined>();
  expectTypeOf<Events['Order Completed']['products']>().toEqualTypeOf<readonly Product[] | undefined>();
  expectTypeOf<Events['Video Playback Started']['session_id']>().toEqualTypeOf<string>();
  expectTypeOf<keyof Events>().toExtend<keyof TrackedEvents>();
  expectTypeOf<Tracker['track']>().toBeFunction();
});

it('takes what is right: known events, own properties, own names, an event without required properties alone', () => {
  const page = `import 'filrouge/events';
tracker.track('Order Completed', { order_id: 'A-1', total: 5, products: [{ product_id: 's1', own: true }], own: 1 });
tracker.track('Email Opened');
tracker.track('Something else', { n: 1 }, { timestamp: 0 }, () => {});
tracker.track('Product Viewed', { product_id: 's1' }, { messageId: 'x' });`;
  expect(complaints(page)).toEqual([]);
});

it('refuses what is wrong, at its line', () => {
  const page = `import 'filrouge/events';
tracker.track('Order Completed');
tracker.track('Order Completed', { total: 5 });
tracker.track('Order Completed', { order_id: 'A-1', total: '5' });
tracker.track('Order Completed', { order_id: 'A-1', products: [{ price: 'x' }] });
tracker.track(5);`;
  expect(complaints(page)).toEqual(['2 TS2554', '3 TS2345', '4 TS2322', '5 TS2322', '6 TS2345']);
});

it('learns events of the page’s own by one interface', () => {
  const own = `declare module 'filrouge/events' { interface Events { 'Seat Booked': { seat: string; price?: number } } }`;
  const page = `${own}
tracker.track('Seat Booked', { seat: '4A', price: 1 });
tracker.track('Seat Booked', { seat: 4 });
tracker.track('Seat Booked');`;
  expect(complaints(`import 'filrouge/events';${page}`)).toEqual(['3 TS2322', '4 TS2554']);
});

it('asks nothing of a page that does not import them', () => {
  expect(complaints("tracker.track('Order Completed');\nexport {};")).toEqual([]);
});
