import { event } from '../../receiver/events.js';
import type { ServerProcess } from '../../server/child.js';

/** What a client knows: which events were acknowledged, and which batches it still has to send. */
export interface Client {
  acknowledged: Set<string>;
  /** Batches without an answer, oldest first: a client that keeps its events sends them again. */
  open: string[][];
  /** Slowest acknowledgement, ms. */
  slowest: number;
  /** Answers other than 200, by status; `0` is a connection that broke. */
  refused: Map<number, number>;
}

export const newClient = (): Client => ({ acknowledged: new Set(), open: [], slowest: 0, refused: new Map() });

let batches = 0;

/** A batch of 20 new event ids. */
function newBatch(): string[] {
  batches += 1;
  return Array.from({ length: 20 }, (_, i) => `b${batches}-${i}`);
}

/** Sends one batch and notes what came of it. Resolves with the status, 0 when the connection broke. */
async function send(server: ServerProcess, client: Client, ids: string[]): Promise<number> {
  const began = performance.now();
  const status = await server
    .post(ids.map((messageId) => event({ messageId, timestamp: new Date().toISOString() })))
    .then(async (response) => {
      await response.arrayBuffer();
      return response.status;
    })
    .catch(() => 0);
  if (status === 200) {
    for (const id of ids) client.acknowledged.add(id);
    client.slowest = Math.max(client.slowest, performance.now() - began);
  } else {
    client.open.push(ids);
    client.refused.set(status, (client.refused.get(status) ?? 0) + 1);
  }
  return status;
}

/** Sends on several connections, what is open first, until `until` resolves or the server is gone. */
export async function load(server: ServerProcess, client: Client, until: Promise<unknown>): Promise<void> {
  let stopped = false;
  void until.then(() => {
    stopped = true;
  });
  const lane = async (): Promise<void> => {
    while (!stopped) {
      const status = await send(server, client, client.open.shift() ?? newBatch());
      if (status === 0) return;
      // Asked to come back later: not at once, on a machine that has trouble.
      if (status !== 200) await after(20);
    }
  };
  await Promise.all(Array.from({ length: 4 }, lane));
}

/** Sends again what has no answer yet, each batch until it is acknowledged; gives up after `rounds`. */
export async function settle(server: ServerProcess, client: Client, rounds = 200): Promise<void> {
  for (let round = 0; round < rounds && client.open.length; round++) {
    const batch = client.open.shift();
    if (batch && (await send(server, client, batch)) !== 200) await after(50);
  }
}

/** Resolves after some milliseconds: the time that a fault lasts. */
export const after = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
