import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StoredEvent } from '../../src/stores/contract.js';
import { parseLines } from '../receiver/events.js';

const CLI = fileURLToPath(new URL('../../dist/server/cli.js', import.meta.url));

/** `filrouge serve` as a process of its own. */
export interface ServerProcess {
  url: string;
  process: ChildProcess;
  post(events: unknown[]): Promise<Response>;
  events(): Promise<StoredEvent[]>;
  /** Resolves with the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/** Runs the built command line; `limit` is put before it in a shell, e.g. `ulimit -f 100`. */
export function spawnCli(args: string[], limit?: string): ChildProcess {
  const command = limit ? ['bash', '-c', `${limit}; exec "$0" "$@"`, process.execPath] : [process.execPath];
  const [program = '', ...before] = command;
  return spawn(program, [...before, CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Starts a server on a free port and resolves when it says that it is ready. */
export async function spawnServer(
  dataDir: string,
  { limit, store }: { limit?: string; store?: string } = {},
): Promise<ServerProcess> {
  const flags = [
    '--port',
    '0',
    '--data',
    dataDir,
    '--write-key',
    'wk',
    '--admin-key',
    'ak',
    ...(store ? ['--store', store] : []),
  ];
  const child = spawnCli(['serve', ...flags], limit);
  const url = await new Promise<string>((resolve, reject) => {
    let out = '';
    let err = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const found = /Collector +(http:\S+)\/v1\/batch/.exec(out);
      if (found?.[1]) resolve(found[1]);
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${err}`)));
  });
  return {
    url,
    process: child,
    post: (events) =>
      fetch(`${url}/v1/batch`, { method: 'POST', body: JSON.stringify({ writeKey: 'wk', batch: events }) }),
    events: async () =>
      parseLines(await (await fetch(`${url}/v1/events`, { headers: { authorization: 'Bearer ak' } })).text()),
    async end(signal) {
      const exited = once(child, 'exit');
      child.kill(signal);
      const [code, by] = await exited;
      return code ?? by;
    },
  };
}
