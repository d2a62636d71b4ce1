import type { Agent } from '../stamp/agent.js';
import type { Session } from './database.js';
import { readMeta } from './schema.js';
import type { Suppressed } from './suppressions.js';

/** What the writer remembers between batches; all of it can be read from the file again. */
export interface WriterState {
  /** Log position of the last applied record. */
  position: number;
  /** Number of the last stored event. */
  seq: number;
  /** Numbers of the known sources by key, and the highest number given. */
  sources: Map<string, number>;
  lastSource: number;
  /** Numbers of the known agents; the key is made by `agentKey`. */
  agents: Map<string, number>;
  suppressed: Suppressed;
}

/** What a writer has to know of a file before it goes on. */
export async function readState(session: Session): Promise<WriterState> {
  const [last] = await session.rows<{ seq: number | null }>('SELECT max(seq)::DOUBLE AS seq FROM events');
  const sources = await session.rows<{ id: number; key: string }>('SELECT id, key FROM sources');
  const agents = await session.rows<Parameters<typeof agentKey>[0] & { id: number }>(
    'SELECT id, browser, os, device_type AS device FROM agents',
  );
  const hashes = await session.rows<{ hash: string; until: string }>(
    'SELECT hash, max(until) AS until FROM suppressions GROUP BY hash',
  );
  return {
    position: Number((await readMeta(session, 'position')) ?? 0),
    seq: last?.seq ?? 0,
    sources: new Map(sources.map(({ id, key }) => [key, id])),
    lastSource: sources.reduce((highest, { id }) => Math.max(highest, id), 0),
    agents: new Map(agents.map((agent) => [agentKey(agent), agent.id])),
    suppressed: new Map(hashes.map((row) => [row.hash, row.until])),
  };
}

/** One text for browser, system, and kind of device. */
export function agentKey({ browser, os, device }: Pick<Agent, 'browser' | 'os' | 'device'>): string {
  return `${browser ?? ''}|${os ?? ''}|${device ?? ''}`;
}
