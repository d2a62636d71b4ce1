import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../src/stores/contract.js';
import { duckdbStore } from '../../src/stores/duckdb.js';
import { temporaryDirectory } from '../files.js';
import { event } from './events.js';
import { PEPPER, startReceiver } from './start.js';

/** Takes events while the store is away, then gives `meanwhile` the log's directory, and starts again with the store. */
async function caughtUp(meanwhile: (log: string) => Promise<void>, over: (store: Store) => Store = (store) => store) {
  const { path, remove } = await temporaryDirectory();
  const directory = join(path, 'log');
  const away = () => Promise.reject(Object.assign(new Error('away'), { code: 'store-unavailable' }));
  const open = () => duckdbStore({ file: join(path, 'store.duckdb'), pepper: PEPPER });
  const first = await open();
  const without = await startReceiver({ directory, store: { ...first, append: away, appendFrom: away } });
  for (let i = 0; i < 40; i += 1) await without.post({ batch: [event({ messageId: `m${i}` })] });
  await without.receiver.close();
  await without.log.close();
  await first.close();
  await meanwhile(directory);
  let given = 0;
  const store = await open();
  const counted: Store = {
    ...store,
    append: (records) => {
      given += records.length;
      return store.append(records);
    },
  };
  const test = await startReceiver({ directory, store: over(counted) });
  const ids = (await test.events()).map(({ messageId }) => messageId);
  await test.close();
  await remove();
  return { ids, given };
}

const everyId = Array.from({ length: 40 }, (_, i) => `m${i}`);

describe('a store that reads the log by itself', () => {
  it('has every event once, and is handed no bytes', async () => {
    expect(await caughtUp(async () => {})).toEqual({ ids: everyId, given: 0 });
  });

  it('is handed what comes from bytes on that are no record, and nothing is skipped beside them', async () => {
    const { ids, given } = await caughtUp(async (directory) => {
      const [file = ''] = (await readdir(directory)).filter((name) => name.endsWith('.log'));
      const bytes = await readFile(join(directory, file));
      bytes[bytes.indexOf('"m20"')] = 0;
      await writeFile(join(directory, file), bytes);
      await appendFile(join(directory, file), 'torn');
    });
    expect(ids).toEqual(everyId.filter((id) => id !== 'm20'));
    expect(given).toBe(19);
  });

  it('is handed the records where it cannot read', async () => {
    let refused = 0;
    const { ids } = await caughtUp(
      async () => {},
      (store) => ({
        ...store,
        appendFrom: () => {
          refused += 1;
          return Promise.reject(new Error('EACCES'));
        },
      }),
    );
    expect(ids).toEqual(everyId);
    expect(refused).toBeGreaterThan(0);
  });
});
