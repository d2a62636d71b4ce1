// Processor time of the receiver for a request of 20 events, from the whole body to the answer, with a real log and without
// HTTP: on a busy machine this can be compared between versions, rates cannot.
// npm run bench -- ingest [requests, default 15000]; build first.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileLog } from '../../dist/log/file.js';
import { createReceiver } from '../../dist/receiver/index.js';
import { traffic } from './traffic.mjs';

const requests = Number(process.argv[2] ?? 15_000);
const SENDERS = 64;
const directory = mkdtempSync(join(tmpdir(), 'filrouge-bench-'));
const log = await fileLog({ directory });
/** Never finishes applying, so that acknowledging is measured alone. */
const store = {
  position: async () => 0,
  suppressions: async () => new Map(),
  standings: async () => new Map(),
  append: () => new Promise(() => {}),
};
const receiver = createReceiver({ log, store, keys: { write: ['wk'] }, maxLagRecords: 1e9, limits: false });
const headers = { host: 'localhost', 'content-type': 'text/plain' };

for (const size of ['small', 'browser']) {
  const bodies = [...makeBodies(size)];
  await run(bodies, requests / 3);
  const before = process.cpuUsage();
  await run(bodies, requests);
  const { user, system } = process.cpuUsage(before);
  console.log(`20 ${size} events: ${((user + system) / requests).toFixed(0)} µs of processor time a request`);
}
await log.close();
rmSync(directory, { recursive: true });
process.exit(0);

function* makeBodies(size) {
  const events = [...traffic({ count: 5000 })].map((event) =>
    size === 'small' ? { ...event, context: { campaign: event.context.campaign } } : event,
  );
  while (events.length) {
    const body = { batch: events.splice(0, 20), sentAt: new Date().toISOString(), writeKey: 'wk' };
    yield Buffer.from(JSON.stringify(body));
  }
}

async function run(bodies, count) {
  let sent = 0;
  const send = async () => {
    while (sent < count) {
      const body = Buffer.from(bodies[(sent += 1) % bodies.length]);
      const header = (name) => headers[name];
      const { status } = await receiver.ingest({ method: 'POST', target: '/v1/batch', header, body });
      if (status !== 200) throw new Error(`The receiver answered ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
}
