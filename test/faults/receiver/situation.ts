import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../browser/wait.js';
import { type ServerProcess, spawnServer } from '../../server/child.js';
import { type Client, newClient } from './load.js';

/** What one situation showed. */
export interface Outcome {
  situation: string;
  acknowledged: number;
  /** Acknowledged events that the store has, at the end. */
  stored: number;
  /** Rows beyond one for each id. */
  twice: number;
  /** What else is worth knowing, e.g. how many kills. */
  note: string;
  /** Acknowledged events that may be missing, because bytes on the disk were destroyed; named in `note`. */
  destroyed: number;
}

/** What a situation gets to play with. */
export interface Stage {
  /** For the data of the server. */
  directory: string;
  client: Client;
  start(options?: Parameters<typeof spawnServer>[1], dataDir?: string): Promise<ServerProcess>;
  /** Mounts a file system of a few megabytes, which is unmounted at the end. */
  mount(megabytes: number): Promise<string>;
  /** True for the long run of `npm run faults`, false for the quick one of the tests. */
  thorough: boolean;
}

/** A fault, and what is left afterwards. */
export interface Situation {
  name: string;
  /** Why it cannot be played here, if it cannot. */
  obstacle?: () => string | undefined;
  /** Only in `npm run faults -- receiver`: the tests must stay quick. */
  long?: boolean;
  play(stage: Stage): Promise<{ server: ServerProcess; note?: string; destroyed?: number }>;
}

/** Plays a situation on a stage of its own and counts. */
export async function play(situation: Situation, thorough: boolean): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), 'filrouge-receiver-faults-'));
  const servers: ServerProcess[] = [];
  const mounts: string[] = [];
  const client = newClient();
  const stage: Stage = {
    directory,
    client,
    thorough,
    async start(options, dataDir = join(directory, 'data')) {
      const server = await spawnServer(dataDir, options);
      servers.push(server);
      return server;
    },
    async mount(megabytes) {
      const path = join(directory, `disk${mounts.length}`);
      await mkdir(path);
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', path]);
      mounts.push(path);
      return path;
    },
  };
  try {
    const { server, note = '', destroyed = 0 } = await situation.play(stage);
    // A reader waits 5 s for what was acknowledged before it, which is short where the store is rebuilt on a busy machine.
    await until('all records to be applied', async () => (await healthOf(server)).lagRecords === 0).catch(() => {});
    const ids = (await server.events()).map(({ messageId }) => messageId);
    const found = new Set(ids);
    const stored = [...client.acknowledged].filter((id) => found.has(id)).length;
    const { size: acknowledged } = client.acknowledged;
    return { situation: situation.name, acknowledged, stored, twice: ids.length - found.size, note, destroyed };
  } finally {
    for (const { process: child } of servers) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
    for (const path of mounts) execFileSync('umount', ['-l', path]);
    await rm(directory, { recursive: true, force: true });
  }
}

/** The reason why file systems cannot be mounted here. */
export function cannotMount(): string | undefined {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'needs Linux and root to mount a small file system';
  }
}

/** The reason why a program of the system cannot be used here. */
export function missing(program: string): string | undefined {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return undefined;
  } catch {
    return `needs ${program} (apt-get install ${program})`;
  }
}

async function healthOf({ url }: ServerProcess): Promise<{ lagRecords?: number }> {
  return (await fetch(`${url}/healthz`)).json() as Promise<{ lagRecords?: number }>;
}
