import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IngestLog } from '../../src/log/contract.js';
import { fileLog } from '../../src/log/file.js';
import { createPlaceReader, type LogPlaces, PlaceChanged, type PlaceReader } from '../../src/log/places.js';
import { collect, range, text } from '../contract/log.js';
import { temporaryDirectory } from '../files.js';

let directory = '';
let remove = async () => {};
beforeEach(async () => {
  ({ path: directory, remove } = await temporaryDirectory());
});
afterEach(() => remove());

const open = (segmentBytes = 500): Promise<IngestLog> => fileLog({ directory, segmentBytes });

/** What a reader finds as texts, and whether it found the files changed. */
async function readAll(read: PlaceReader, places: LogPlaces, most = Number.POSITIVE_INFINITY) {
  const found: string[] = [];
  try {
    for await (const { position, bytes } of read(places)) {
      found.push(`${position} ${Buffer.from(bytes)}`);
      if (found.length === most) break;
    }
    return { found, isChanged: false };
  } catch (error) {
    if (!(error instanceof PlaceChanged)) throw error;
    return { found, isChanged: true };
  }
}

/** Where a log says they are, as another process gets it. */
function placesOf(log: IngestLog, after: number): LogPlaces {
  const places = log.places?.(after);
  if (!places) throw new Error('A file log knows its places.');
  return structuredClone(places);
}

test('from every position places have what the log has, over many files and after reopening', async () => {
  const log = await open();
  for (const i of range(1, 60)) await log.append(text(`this is record ${i}`));
  for (const after of range(0, 60)) {
    const { found, isChanged } = await readAll(createPlaceReader(), placesOf(log, after));
    expect(isChanged).toBe(false);
    expect(found).toEqual(await collect(log, after));
  }
  await log.close();
  const again = await open();
  const read = createPlaceReader();
  const found: string[] = [];
  for (let after = 0; after < 60; after = found.length)
    found.push(...(await readAll(read, placesOf(again, after), 7)).found);
  expect(found).toEqual(await collect(again, 0));
  await again.close();
});

test('nothing behind what was durable is read, and nothing twice', async () => {
  const log = await open();
  await log.append(text('a'));
  const places = placesOf(log, 0);
  await log.append(text('b'));
  const read = createPlaceReader();
  expect((await readAll(read, places)).found).toEqual(['1 a']);
  expect((await readAll(read, placesOf(log, 1))).found).toEqual(['2 b']);
  expect((await readAll(read, placesOf(log, 2))).found).toEqual([]);
  await log.close();
});

test('after any rewrite a reader goes on with the right record, or says that the files changed', async () => {
  const kept = fc.array(fc.boolean(), { minLength: 30, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(kept, fc.integer({ min: 0, max: 29 }), async (keeps, stop) => {
      await remove();
      // Records of one length, so that another one often begins where the last one did.
      const log = await open(100_000);
      for (const i of range(1, 30)) await log.append(text(`record ${String(i).padStart(3, '0')}`));
      const read = createPlaceReader();
      await readAll(read, placesOf(log, 0), stop);
      await log.rewrite(({ position, bytes }) => (keeps[position - 1] ? bytes : undefined));
      await log.append(text('the end'));
      const { found, isChanged } = await readAll(read, placesOf(log, stop));
      const expected = await collect(log, stop);
      expect(found).toEqual(isChanged ? expected.slice(0, found.length) : expected);
      // Who was told so finds them at the second try.
      if (isChanged) expect((await readAll(read, placesOf(log, stop))).found).toEqual(expected);
      await log.close();
    }),
    { numRuns: 40 },
  );
});

test('bytes that are no record end the reading, behind the records before them', async () => {
  const log = await open(100_000);
  for (const i of range(1, 9)) await log.append(text(`this is record ${i}`));
  const [file = ''] = (await readdir(directory)).filter((name) => name.endsWith('.log'));
  const bytes = await readFile(join(directory, file));
  bytes[bytes.indexOf('record 5')] = 0;
  await writeFile(join(directory, file), bytes);
  const { found, isChanged } = await readAll(createPlaceReader(), placesOf(log, 2));
  expect([found, isChanged]).toEqual([['3 this is record 3', '4 this is record 4'], true]);
  await log.close();
});
