import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../browser/wait.js';
import type { ServerProcess } from '../../server/child.js';
import { after, load, settle } from './load.js';
import { missing, type Situation } from './situation.js';

/** The number of the process that holds the store, once there is one: the only child of `filrouge serve`. */
async function storeOf({ process: { pid } }: ServerProcess): Promise<number> {
  for (;;) {
    const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
    const [child] = children.trim().split(' ').filter(Boolean);
    if (child) return Number(child);
    await after(10);
  }
}

async function failuresOf({ url }: ServerProcess): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`, { headers: { authorization: 'Bearer ak' } })).text();
  return Number(/^filrouge_apply_failures_total (\d+)/m.exec(metrics)?.[1]);
}

/** The number of the process, once it is another than the last one, and at work. */
async function isOk({ url }: ServerProcess, store: number, last: number | undefined): Promise<number | undefined> {
  const { status } = await (await fetch(`${url}/healthz`)).json();
  return status === 'ok' && store !== last ? store : undefined;
}

const needsProc = (): string | undefined => (process.platform === 'linux' ? undefined : 'needs /proc');

/** Resolves once it takes a process by its hand: from then on its calls fail as told. */
async function inject(pid: number, path: string, what: string): Promise<ChildProcess> {
  const strace = spawn('strace', ['-f', '-p', `${pid}`, '-P', path, '-o', '/dev/null', '-e', `inject=${what}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await once(strace.stderr, 'data');
  return strace;
}

/** Faults of the process that holds the store, while the one that takes events lives. */
export const storeProcess: Situation[] = [
  {
    name: "SIGKILL of the store's process at random moments under load",
    obstacle: needsProc,
    async play(stage) {
      const kills = stage.thorough ? 50 : 3;
      const server = await stage.start();
      let last: number | undefined;
      for (let i = 0; i < kills; i++) {
        // Ended ten times in a row before it did anything, it would be given up.
        last = await until('a new process', async () => isOk(server, await storeOf(server), last), 60_000);
        const store = last;
        const killed = after(randomInt(5, 1000)).then(() => process.kill(store, 'SIGKILL'));
        await load(server, stage.client, killed);
      }
      await settle(server, stage.client);
      return { server, note: `${kills} kills; requests refused: ${stage.client.refused.size}` };
    },
  },
  {
    name: "the store's process is stopped (SIGSTOP) and goes on",
    long: true,
    obstacle: needsProc,
    async play(stage) {
      const seconds = 30;
      const server = await stage.start();
      await load(server, stage.client, after(300));
      const store = await storeOf(server);
      process.kill(store, 'SIGSTOP');
      const { size } = stage.client.acknowledged;
      await load(server, stage.client, after(seconds * 1000));
      process.kill(store, 'SIGCONT');
      const meanwhile = stage.client.acknowledged.size - size;
      return {
        server,
        note: `${seconds} s, ${meanwhile} acknowledged meanwhile, slowest ${Math.round(stage.client.slowest)} ms`,
      };
    },
  },
  {
    name: "the store's process cannot read the log (EIO) for some seconds",
    long: true,
    obstacle: () => needsProc() ?? missing('strace'),
    async play(stage) {
      const server = await stage.start();
      await load(server, stage.client, after(300));
      const log = join(stage.directory, 'data', 'log');
      const [segment = ''] = (await readdir(log)).filter((name) => name.endsWith('.log'));
      const strace = await inject(await storeOf(server), join(log, segment), 'read,pread64,preadv:error=EIO');
      await load(server, stage.client, after(3000));
      const ended = once(strace, 'exit');
      strace.kill('SIGINT');
      await ended;
      await load(server, stage.client, after(300));
      const failures = await failuresOf(server);
      if (!failures) throw new Error('Reading never failed.');
      return { server, note: `${failures} failures, records were handed to it instead` };
    },
  },
];
