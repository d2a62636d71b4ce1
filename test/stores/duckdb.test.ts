import { spawn } from 'node:child_process';
import { mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fileLog } from '../../src/log/file.js';
import type { Store } from '../../src/stores/contract.js';
import { duckdbStore as storeHere } from '../../src/stores/duckdb.js';
import { GOAL, week } from '../contract/scenario.js';
import { testStore } from '../contract/stores.js';
import { all, at, events, record } from '../contract/wire.js';
import { allBytes, compile, temporaryDirectory } from '../files.js';

// Real files and processes on machines that may be busy.
const dist = new URL('../../dist/stores/duckdb.js', import.meta.url).href;
// Compiled, the store finds the file of its process and runs there.
compile('stores');
const { duckdbStore: storeInProcess } = (await import(/* @vite-ignore */ dist)) as { duckdbStore: typeof storeHere };

// In this process: one for each of these tests would cost more than all that they ask.
// That it answers the same from there is a test below.
testStore('duckdb store', async () => {
  const { path, remove } = await temporaryDirectory();
  return {
    open: () => storeHere({ file: join(path, 'store.duckdb'), pepper: 'pepper', threads: 1 }),
    bytesOnDisk: () => allBytes(path),
    remove,
  };
});

let directory = '';
let file = '';
let remove = async () => {};
beforeEach(async () => {
  ({ path: directory, remove } = await temporaryDirectory());
  file = join(directory, 'store.duckdb');
});
afterEach(() => remove());
const openStore = (): Promise<Store> => storeInProcess({ file, pepper: 'pepper', threads: 1 });

describe('the file', () => {
  test('a damaged one says how to get out of it', async () => {
    await writeFile(file, 'this is no database, '.repeat(1000));
    const sentence = /damaged or of another version. It can be rebuilt from the log: delete .*store.duckdb and .*wal/;
    await expect(openStore()).rejects.toThrow(sentence);
    await expect(storeHere({ file, pepper: 'p' })).rejects.toThrow(sentence);
  });

  test('blocks that were overwritten are noticed', async () => {
    const store = await openStore();
    await store.append([record(1, many(3000))]);
    await store.close();
    const handle = await open(file, 'r+');
    const { size } = await handle.stat();
    for (let offset = 12_288 + 100_000; offset < size; offset += 50_000)
      await handle.write(Buffer.alloc(4096, 7), 0, 4096, offset);
    await handle.close();
    const read = async () => {
      const again = await openStore();
      try {
        return await all(again.events());
      } finally {
        await again.close();
      }
    };
    await expect(read()).rejects.toThrow(/can be rebuilt from the log/);
  });

  test('one process owns it', async () => {
    const child = startChild('await openStore(); console.log("open"); setInterval(() => {}, 1000);');
    try {
      await createInterface(child.stdout)[Symbol.asyncIterator]().next();
      await expect(openStore()).rejects.toThrow(/in use by another process/);
    } finally {
      child.kill('SIGKILL');
    }
  });

  test('within a process it is opened once', async () => {
    const store = await openStore();
    await expect(openStore()).rejects.toThrow(/open in this process already/);
    await store.close();
    await (await openStore()).close();
  });

  test('belongs to one pepper: another is refused, and one from before that was kept takes the first', async () => {
    await (await openStore()).close();
    const withOther = () => storeInProcess({ file, pepper: 'another', threads: 1 });
    await expect(withOther()).rejects.toThrow(/made with another pepper.*Open it with the one it was made with/);
    await (await openStore()).close();
    await inFile("DELETE FROM meta WHERE name = 'pepper'");
    await (await withOther()).close();
    await expect(openStore()).rejects.toThrow(/made with another pepper/);
  });

  test('a directory that is not there is named', async () => {
    await expect(storeInProcess({ file: join(directory, 'no', 'store.duckdb'), pepper: 'p' })).rejects.toThrow(
      /no.store.duckdb/,
    );
  });

  test('an erasure that was interrupted before the file was replaced is made good at opening', async () => {
    const store = await openStore();
    await store.append([record(1, events({ minute: 1, userId: 'ann@example' }, { minute: 2 }))]);
    await store.close();
    // What the transaction of an erasure leaves behind, without the replacing.
    await inFile("DELETE FROM events WHERE user_id IS NOT NULL; INSERT INTO meta VALUES ('scrub', 'due')");
    await writeFile(`${file}.new`, 'half of a new file');
    await mkdir(`${file}.tmp`);
    await writeFile(join(`${file}.tmp`, 'spilled'), 'ann@example');
    expect((await allBytes(directory)).includes('ann@example')).toBe(true);
    const again = await openStore();
    expect((await allBytes(directory)).includes('ann@example')).toBe(false);
    expect(await all(again.events())).toMatchObject([{ messageId: 'm2' }]);
    await again.close();
    expect((await readdir(directory)).filter((name) => /\.(new|tmp)/.test(name))).toEqual([]);
  });
});

describe('the process', () => {
  test('after closing, calls are refused, and an abandoned stream does no harm', async () => {
    const store = await openStore();
    await store.append([record(1, many(3000))]);
    for await (const event of store.events()) {
      expect(event.messageId).toBe('e0');
      break;
    }
    expect(await all(store.events())).toHaveLength(3000);
    await store.close();
    await expect(store.position()).rejects.toThrow('closed');
    await expect(all(store.events())).rejects.toThrow('closed');
  });

  test('a question that comes while it closes does not end the process before it has closed', async () => {
    const child = startChild(
      `const store = await openStore();
       const closing = store.close();
       store.suppressions().catch(() => {});
       await closing;
       console.log('closed');`,
    );
    const lines: string[] = [];
    for await (const line of createInterface(child.stdout)) lines.push(line);
    expect(lines).toEqual(['closed']);
  });

  test('killed while applying: what the position says is there once, no more and no less', async () => {
    const child = startChild(
      `const store = await openStore();
       for (let position = 1; ; position += 1) {
         const batch = Array.from({ length: 20 }, (_, i) => ({ type: 'page', messageId: position + '-' + i,
           timestamp: '2026-11-02T10:00:00.000Z', anonymousId: 'd' + i, ...(position % 2 ? { userId: 'u' + i } : {}) }));
         const head = JSON.stringify({ kind: 'batch', receivedAt: '2026-11-02T10:00:01.000Z', skewMs: 0, key: 'write' });
         await store.append([{ position, bytes: Buffer.from(head + '\\n' + JSON.stringify({ batch })) }]);
         console.log(position);
       }`,
    );
    let applied = 0;
    for await (const line of createInterface(child.stdout)) {
      applied = Number(line);
      if (applied >= 30) child.kill('SIGKILL');
    }
    const store = await openStore();
    const position = await store.position();
    expect(position).toBeGreaterThanOrEqual(applied);
    const ids = (await all(store.events())).map(({ messageId }) => messageId);
    expect(ids).toHaveLength(position * 20);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await store.person('d3'))?.person).toBe('u3');
    await store.close();
  });
});

test('from a process of its own it answers every call as from this one', async () => {
  const log = await fileLog({ directory: `${file}-log` });
  for (const { bytes } of week()) await log.append(bytes);
  const places = log.places?.(0) ?? { after: 0, pieces: [] };
  const most = { records: 1000, bytes: 1e6 };
  const answers = async (store: Store) => {
    const query = { goal: GOAL, lookbackDays: 30, from: at(-10) };
    return {
      append: [await store.append(week()), await store.append(week())],
      appendFrom: [await store.appendFrom?.(places, most), await store.appendFrom?.(places, { ...most, records: 1 })],
      position: await store.position(),
      events: [await all(store.events()), await all(store.events({ after: 'm2', limit: 2 }))],
      person: [
        await store.person('phone'),
        await store.person('nobody'),
        await store.person('ann', { knownAt: at(0) }),
      ],
      identityProblems: await store.identityProblems(),
      pepperCheck: store.pepperCheck,
      sources: await store.sources(query),
      everySource: await store.everySource?.(),
      kpis: await store.kpis({ ...query, by: 'day', timezone: 'Asia/Kolkata' }),
      journeys: await all(store.journeys(query)),
      threads: await all(store.threads({ ...query, events: [GOAL] })),
      threadColumns: store.threadColumns && (await all(store.threadColumns({ ...query, events: [GOAL] }))),
      delivery: await store.delivery({ by: 'day' }),
      consent: await store.consent({ by: 'purpose' }),
      revise: await store.revise({ removed: ['m7'], replaced: [] }),
      standings: await store.standings(),
      erase: sorted(await store.erase('ann', at(2000))),
      suppressions: await store.suppressions(),
    };
  };
  const here = await storeHere({ file: `${file}-here`, pepper: 'pepper', threads: 1 });
  const there = await openStore();
  const [expected, answered] = [await answers(here), await answers(there)];
  expect(answered).toEqual(expected);
  // A call that the list above does not have would go untested.
  const others = ['changes', 'takenBack', 'close', 'state', 'beside'];
  expect(Object.keys(there).filter((name) => !others.includes(name) && !(name in expected))).toEqual([]);
  expect(expected.appendFrom.map((from) => from?.last?.position)).toEqual([week().length, 1]);
  await here.close();
  await there.close();
  await log.close();
});

test('a run of many events in many records comes back whole and in order', async () => {
  const store = await openStore();
  const batches = Array.from({ length: 60 }, (_, i) => record(i + 1, many(1000, `b${i}-`)));
  expect(await store.append(batches)).toEqual({ stored: 60_000, duplicates: 0, suppressed: 0 });
  expect(await store.append([record(100, many(1000, 'b7-'))])).toMatchObject({ duplicates: 1000 });
  const ids = (await all(store.events())).map(({ messageId }) => messageId);
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([60_000, 'b0-0', 'b59-999']);
  expect(await store.kpis({ goal: 'x', by: 'total' })).toMatchObject([{ devices: 100, pageViews: 60_000 }]);
  await store.close();
});

/** Runs SQL in the (closed) file. */
async function inFile(sql: string): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
}

/** The order of messages and hashes is no promise. */
function sorted(erased: Awaited<ReturnType<Store['erase']>>) {
  return erased && { ...erased, messageIds: erased.messageIds.toSorted(), hashes: erased.hashes.toSorted() };
}

function many(count: number, prefix = 'e') {
  return Array.from({ length: count }, (_, i) => ({
    type: 'page' as const,
    messageId: `${prefix}${i}`,
    timestamp: at(i / 100),
    anonymousId: `device-${i % 100}`,
    properties: { filler: `${Math.sin(i)}`.repeat(5) },
  }));
}

function startChild(body: string) {
  const code = `import { duckdbStore } from ${JSON.stringify(dist)};
    const openStore = () => duckdbStore({ file: ${JSON.stringify(file)}, pepper: 'pepper', threads: 1 });\n${body}`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
}
