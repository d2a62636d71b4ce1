// The server side of the receiver bench, a process of its own. Argument: what to run.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileLog } from '../../dist/log/file.js';
import { createReceiver } from '../../dist/receiver/index.js';
import { nodeListener } from '../../dist/server/node.js';

const [kind] = process.argv.slice(2);
const directory = await mkdtemp(join(tmpdir(), 'filrouge-bench-'));
const floors = { 'no-op': noOp, parse: parseOnly };
const { listener, facts, close } = kind in floors ? floor(floors[kind]) : await receiver(kind);

const server = createServer(listener);
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', async (message) => {
  if (message === 'facts') process.send({ ...(await facts()), loop: performance.eventLoopUtilization() });
  if (message === 'stop') {
    server.closeAllConnections();
    await close();
    await rm(directory, { recursive: true });
    process.exit(0);
  }
});
process.on('disconnect', () => process.exit(1));

/** Reads the body and answers: what any server on node:http has to do. */
function noOp(request, answer) {
  request.on('data', () => {});
  request.on('end', answer);
}

/** Reads and parses the body: what any server has to do that wants to know what it was sent. */
function parseOnly(request, answer) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString());
    answer();
  });
}

function floor(read) {
  const body = '{"success":true}';
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  return {
    listener: (request, response) => read(request, () => response.writeHead(200, headers).end(body)),
    facts: async () => ({}),
    close: async () => {},
  };
}

async function receiver(kind) {
  const log = await fileLog({ directory: join(directory, 'log') });
  const store = kind === 'ack' ? idleStore() : await duckdb();
  let stored = 0;
  const receiver = createReceiver({
    log,
    store,
    pepper: 'bench',
    keys: { write: ['wk'] },
    maxLagRecords: 10_000_000,
    limits: false,
    onApplied: (applied) => {
      stored += applied.stored;
    },
  });
  return {
    listener: nodeListener(receiver, receiver.fetch),
    facts: async () => {
      const settled = await receiver.settled(kind === 'ack' ? 0 : undefined);
      return { stored, settled, logBytes: log.bytes() };
    },
    close: async () => {
      if (kind !== 'ack') await receiver.close();
      await store.close();
      await log.close();
    },
  };
}

async function duckdb() {
  const { duckdbStore } = await import('../../dist/stores/duckdb.js');
  return duckdbStore({ file: join(directory, 'store.duckdb'), pepper: 'bench' });
}

/** Never finishes applying, so that acknowledging is measured alone. */
function idleStore() {
  return {
    position: async () => 0,
    suppressions: async () => new Map(),
    standings: async () => new Map(),
    append: () => new Promise(() => {}),
    close: async () => {},
  };
}
