import { randomInt } from 'node:crypto';
import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../browser/wait.js';
import { after, type Client, load, settle } from './load.js';
import type { Situation, Stage } from './situation.js';

const logOf = (stage: Stage) => join(stage.directory, 'data', 'log');

async function lastSegment(stage: Stage): Promise<string> {
  const names = (await readdir(logOf(stage))).filter((name) => name.endsWith('.log')).sort();
  const last = names.at(-1);
  if (last === undefined) throw new Error(`no log in ${logOf(stage)} yet`);
  return join(logOf(stage), last);
}

/** Resolves when so many events were acknowledged: on a busy machine the first of them can take a second. */
const acknowledged = ({ acknowledged: ids }: Client, count: number): Promise<boolean> =>
  until(`${count} events to be acknowledged`, async () => ids.size >= count);

/** Lets the server take events, the first of all and then a while more, and kills it in the middle. */
async function killUnderLoad(stage: Stage, ms: number): Promise<void> {
  const server = await stage.start();
  const loading = load(server, stage.client, new Promise(() => {}));
  await acknowledged(stage.client, 1);
  await after(ms);
  await server.end('SIGKILL');
  await loading;
}

async function removeStore(stage: Stage): Promise<void> {
  for (const end of ['', '.wal']) await rm(join(stage.directory, 'data', `store.duckdb${end}`), { force: true });
}

/** Faults of the process and of what it left on the disk. */
export const kills: Situation[] = [
  {
    name: 'SIGKILL at random moments under load',
    async play(stage) {
      const kills = stage.thorough ? 60 : 4;
      for (let i = 0; i < kills; i++) await killUnderLoad(stage, randomInt(5, 400));
      const server = await stage.start();
      await settle(server, stage.client);
      return { server, note: `${kills} kills; unanswered batches sent again` };
    },
  },
  {
    name: 'SIGKILL while starting',
    long: true,
    async play(stage) {
      const kills = stage.thorough ? 20 : 3;
      await killUnderLoad(stage, 600);
      for (let i = 0; i < kills; i++) {
        const starting = stage.start().then(
          (server) => server,
          () => undefined,
        );
        await after(randomInt(50, 500));
        await (await starting)?.end('SIGKILL');
      }
      const server = await stage.start();
      await settle(server, stage.client);
      return { server, note: `${kills} starts killed while the store caught up` };
    },
  },
  {
    name: 'torn tail: half a record at the end of the log',
    async play(stage) {
      await killUnderLoad(stage, 300);
      const path = await lastSegment(stage);
      const bytes = await readFile(path);
      // What a write leaves that was interrupted: the beginning of a record of 20 events, which has over 2,000 bytes.
      await appendFile(path, bytes.subarray(0, 700));
      await removeStore(stage);
      const server = await stage.start();
      await settle(server, stage.client);
      return { server, note: 'store rebuilt from the log' };
    },
  },
  {
    name: 'a byte of the log flipped, store intact',
    long: true,
    async play(stage) {
      await flipUnderneath(stage);
      const server = await stage.start();
      await settle(server, stage.client);
      return { server, note: 'nothing missing: it was applied before' };
    },
  },
  {
    name: 'a byte of the log flipped, store lost too',
    async play(stage) {
      await flipUnderneath(stage);
      await removeStore(stage);
      const server = await stage.start();
      await settle(server, stage.client);
      return { server, destroyed: 20, note: 'one record of 20 events was destroyed, and is reported' };
    },
  },
  {
    name: 'store file deleted',
    async play(stage) {
      await killUnderLoad(stage, 500);
      await removeStore(stage);
      const server = await stage.start();
      await settle(server, stage.client);
      return { server, note: 'rebuilt from the log' };
    },
  },
];

/** Takes events, stops in an orderly way, and flips one byte in the middle of the log. */
async function flipUnderneath(stage: Stage): Promise<void> {
  const server = await stage.start();
  await load(server, stage.client, acknowledged(stage.client, 400));
  await server.end('SIGTERM');
  const path = await lastSegment(stage);
  const bytes = await readFile(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 4;
  await writeFile(path, bytes);
}
