import { agentKey, type WriterState } from './append.js';
import type { Session } from './database.js';
import { readMeta } from './schema.js';

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
