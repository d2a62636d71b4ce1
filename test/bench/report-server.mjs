// The server side of the report bench's last part, a process of its own: a receiver and reports over a store that is full
// already, as `filrouge serve` has them. Argument: the file of the store.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileLog } from '../../dist/log/file.js';
import { createReceiver } from '../../dist/receiver/index.js';
import { createReports } from '../../dist/report/index.js';
import { nodeListener } from '../../dist/server/node.js';
import { duckdbStore } from '../../dist/stores/duckdb.js';
import { peakMegabytes } from './family.mjs';
import { PERIOD } from './made-up.mjs';
import { REPORTS } from './reports.mjs';

const directory = await mkdtemp(join(tmpdir(), 'filrouge-bench-'));
const log = await fileLog({ directory: join(directory, 'log') });
const store = await duckdbStore({ file: process.argv[2], pepper: 'bench' });
const reports = createReports(store, { now: () => new Date(PERIOD.to) });
let stored = 0;
const receiver = createReceiver({
  log,
  store,
  pepper: 'bench',
  keys: { write: ['wk'] },
  limits: false,
  onApplied: (applied) => {
    stored += applied.stored;
  },
});
const server = createServer(nodeListener(receiver, receiver.fetch));
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
process.on('message', async ({ ask, age, catchUp, stop }) => {
  if (ask) {
    const began = performance.now();
    await REPORTS[ask](reports, age);
    process.send({ ms: performance.now() - began });
  }
  if (catchUp) {
    const began = performance.now();
    await receiver.settled(60_000);
    process.send({ ms: performance.now() - began });
  }
  if (stop) {
    const settled = await receiver.settled(60_000);
    process.send({ stored, settled, megabytes: peakMegabytes() });
    server.closeAllConnections();
    await receiver.close();
    await store.close();
    await log.close();
    await rm(directory, { recursive: true });
    process.exit(0);
  }
});
process.on('disconnect', () => process.exit(1));
