import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AudienceBook, audienceBook, type CountedView } from '../../src/audience/index.js';
import { temporaryDirectory } from '../files.js';

const VIEW: CountedView = { site: 'wk', page: '/', device: 'mobile', entry: { from: 'news.example', campaign: false } };
const MIDNIGHT = Date.parse('2026-11-23T00:00:00Z');
let place: Awaited<ReturnType<typeof temporaryDirectory>>;
let book: AudienceBook | undefined;
let now = MIDNIGHT - 60_000;

beforeEach(async () => {
  place = await temporaryDirectory();
  now = MIDNIGHT - 60_000;
});
afterEach(async () => {
  await book?.close();
  await place.remove();
});

const open = async (timezone?: string): Promise<AudienceBook> => {
  await book?.close();
  book = await audienceBook({ directory: place.path, now: () => now, ...(timezone && { timezone }) });
  return book;
};
const shut = async () => {
  await book?.close();
  book = undefined;
  await place.remove();
};
const all = async () => (await book?.read('2000-01-01', '2100-01-01')) ?? [];
const viewsByDay = async () => (await all()).map(({ day, counts }) => [day, counts.page.get('/')?.views]);

it('counts on where it was, after any number of openings, as if it had never been closed', async () => {
  const someView = fc.record({
    site: fc.constantFrom('wk', 'wk2'),
    page: fc.constantFrom('/', '/a', '/__proto__'),
    device: fc.constantFrom('mobile', 'bot'),
    entry: fc.option(fc.record({ from: fc.constantFrom('', 'a.example'), campaign: fc.boolean() }), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(someView, { maxLength: 8 }), { minLength: 1, maxLength: 3 }), async (parts) => {
      await shut();
      for (const views of parts) {
        const opened = await open();
        await Promise.all(views.map((view) => opened.add(view)));
      }
      const restarted = await all();
      await shut();
      const opened = await open();
      await Promise.all(parts.flat().map((view) => opened.add(view)));
      const byName = (days: typeof restarted) =>
        days
          .map(({ site, counts }) => [site, ...Object.values(counts).map((names) => [...names].sort())])
          .sort((a, b) => (`${a[0]}` < `${b[0]}` ? -1 : 1));
      expect(byName(restarted)).toEqual(byName(await all()));
    }),
    { numRuns: 8 },
  );
});

it('counts days and hours in its time zone, over midnight', async () => {
  const paris = await open('Europe/Paris');
  await paris.add(VIEW);
  now = MIDNIGHT + 23 * 3_600_000;
  await paris.add(VIEW);
  expect((await all()).map(({ day, counts }) => [day, [...counts.hour.keys()]])).toEqual([
    ['2026-11-23', ['00']],
    ['2026-11-24', ['00']],
  ]);
  await expect(audienceBook({ directory: join(place.path, 'x'), timezone: 'Paris' })).rejects.toThrow();
});

it('writes what comes at midnight into the day that it counts for', async () => {
  const opened = await open();
  const first = opened.add(VIEW);
  now = MIDNIGHT;
  await Promise.all([first, opened.add(VIEW), opened.add(VIEW)]);
  now = MIDNIGHT + 86_400_000;
  await opened.add(VIEW);
  await open();
  expect(await viewsByDay()).toEqual([
    ['2026-11-22', 1],
    ['2026-11-23', 2],
    ['2026-11-24', 1],
  ]);
});

it('reads and removes by day', async () => {
  const opened = await open();
  for (now of [0, 1, 2].map((days) => MIDNIGHT + days * 86_400_000)) await opened.add(VIEW);
  expect((await opened.read('2026-11-24', '2026-11-24')).map(({ day }) => day)).toEqual(['2026-11-24']);
  expect(await opened.expire('2026-11-25')).toBe(2);
  expect(await opened.expire('2026-11-25')).toBe(0);
  expect(await viewsByDay()).toEqual([['2026-11-25', 1]]);
});

it('keeps sums only: no file holds what belongs together', async () => {
  const opened = await open();
  await Promise.all([
    opened.add(VIEW),
    opened.add({ site: 'wk', page: '/a', device: 'desktop', entry: { from: 'mail.example', campaign: true } }),
  ]);
  expect(await readdir(place.path)).toEqual(['2026-11-22.json', 'lock']);
  const { sites } = JSON.parse(await readFile(join(place.path, '2026-11-22.json'), 'utf8'));
  expect(sites).toEqual([
    {
      site: 'wk',
      counts: {
        hour: [['23', 2, 2]],
        page: [
          ['/', 1, 1],
          ['/a', 1, 1],
        ],
        from: [
          ['news.example', 1, 1],
          ['mail.example', 1, 1],
        ],
        campaign: [
          ['no', 1, 1],
          ['yes', 1, 1],
        ],
        device: [
          ['mobile', 1, 1],
          ['desktop', 1, 1],
        ],
      },
    },
  ]);
});

it('bounds the names that a sender can invent', async () => {
  const opened = await open();
  await Promise.all(Array.from({ length: 5010 }, (_, n) => opened.add({ ...VIEW, page: `/p/${n}` })));
  const pages = (await all())[0]?.counts.page;
  expect([pages?.size, pages?.get('(others)')?.views]).toEqual([5001, 10]);
});

it('says which file it cannot read, and goes on when it can', async () => {
  const path = join(place.path, '2026-11-22.json');
  const opened = await open();
  await writeFile(path, '{"half":');
  await expect(opened.add(VIEW)).rejects.toThrow(path);
  await rm(path);
  await opened.add(VIEW);
  expect(await viewsByDay()).toEqual([['2026-11-22', 1]]);
});

it('counts what it could not write with the next that it can', async () => {
  const opened = await open();
  await opened.add(VIEW);
  await mkdir(join(place.path, '2026-11-22.json.new'));
  await expect(opened.add(VIEW)).rejects.toThrow('EISDIR');
  await rmdir(join(place.path, '2026-11-22.json.new'));
  await opened.add(VIEW);
  await open();
  expect(await viewsByDay()).toEqual([['2026-11-22', 3]]);
});

it('is one process’s at a time', async () => {
  await open();
  await expect(audienceBook({ directory: place.path })).rejects.toThrow('in use');
});
