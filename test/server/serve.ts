import { rm } from 'node:fs/promises';
import { jsonLogger } from '../../src/receiver/index.js';
import { type RunningServer, type ServerOptions, startServer } from '../../src/server/index.js';
import type { StoredEvent } from '../../src/stores/contract.js';
import { temporaryDirectory } from '../files.js';
import { parseLines } from '../receiver/events.js';

/** A real server on a free port and a temporary directory. */
export interface TestServer extends RunningServer {
  dataDir: string;
  /** What it logged. */
  lines: string[];
  /** A request with the admin key `ak`. */
  admin(path: string, method?: string): Promise<Response>;
  events(): Promise<StoredEvent[]>;
  /** Stops it and removes its directory. */
  remove(): Promise<void>;
}

export async function serve(over: Partial<ServerOptions> = {}): Promise<TestServer> {
  const dataDir = over.dataDir ?? (await temporaryDirectory()).path;
  const lines: string[] = [];
  const server = await startServer({
    dataDir,
    port: 0,
    store: 'memory',
    writeKeys: ['wk'],
    secretKeys: ['sk'],
    adminKeys: ['ak'],
    logger: jsonLogger((line) => lines.push(line)),
    ...over,
  }).catch(async (error: unknown) => {
    if (!over.dataDir) await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  const admin = (path: string, method = 'GET') =>
    fetch(server.url + path, { method, headers: { authorization: 'Bearer ak' } });
  return {
    ...server,
    dataDir,
    lines,
    admin,
    events: async () => parseLines(await (await admin('/v1/events')).text()),
    async remove() {
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
