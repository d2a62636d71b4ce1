import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CHOICE_NOTED_EVENT } from '../../src/protocol/index.js';
import { duckdbStore } from '../../src/stores/duckdb.js';
import { temporaryDirectory } from '../contract/places.js';
import { at, events, record } from '../contract/wire.js';

test('a ledger that is read in several parts loses no device, and joins what belongs to one', async () => {
  const { path, remove } = await temporaryDirectory();
  const store = await duckdbStore({ file: join(path, 'store.duckdb'), pepper: 'pepper', threads: 1 });
  // More lines than are read at once.
  const devices = 26_000;
  const said = (minute: number, analytics: boolean) =>
    events(
      ...Array.from({ length: devices }, (_, i) => ({
        ...{ minute, messageId: `${minute}-${i}`, anonymousId: `device-${i}`, event: CHOICE_NOTED_EVENT },
        properties: { source: 'klaro' },
        context: { consent: { categoryPreferences: { analytics } } },
      })),
    );
  await store.append([record(1, said(0, true)), record(2, said(60, false))]);
  const figures = { choices: 2 * devices, devices, granted: devices, denied: devices, withdrawn: devices };
  expect(await store.consent({ by: 'platform' })).toMatchObject({
    ...{ rows: [{ platform: 'klaro', ...figures }], total: figures },
  });
  expect((await store.consent({ by: 'total', from: at(30) })).total).toEqual({
    ...{ choices: devices, devices, granted: 0, denied: devices, withdrawn: devices },
  });
  await store.close();
  await remove();
});
