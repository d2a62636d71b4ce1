// node test/intake/import-sink.mjs ROWS: imports receipts that exist only while they are read into a sink that takes everything,
// and prints what it took and the most memory that the process had. For the test of memory, and for a look at a million rows.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { csvRows } from '../../dist/intake/import/csv-rows.js';
import { compileMapping, importFile, MAPS } from '../../dist/intake/index.js';

const rows = Number(process.argv[2]);
const directory = await mkdtemp(join(tmpdir(), 'filrouge-sink-'));

function* receipts() {
  yield 'receipt_id,store_id,date,total,loyalty_card,email\n';
  for (let i = 0; i < rows; i += 100) {
    let chunk = '';
    for (let j = i; j < Math.min(i + 100, rows); j += 1) {
      // Every hundredth has no date, so that rejected rows are part of it.
      const date = j % 100 === 0 ? '' : `2026-10-${String((j % 28) + 1).padStart(2, '0')}`;
      chunk += `R${j},${j % 40},${date},${(j % 9000) / 100},${j % 50_000},buyer${j % 50_000}@example.com\n`;
    }
    yield chunk;
  }
}

try {
  const file = await csvRows(Readable.from(receipts()));
  const began = performance.now();
  const summary = await importFile({
    file: { ...file, version: 'one', share: () => undefined },
    path: join(directory, 'receipts.csv'),
    mapping: compileMapping(MAPS.till),
    key: 'sink',
    send: async (notices) => ({ accepted: notices.length, rejected: [] }),
    rejectsPath: join(directory, 'rejected.csv'),
    onProgress: () => undefined,
  });
  const rowsPerSecond = Math.round((rows * 1000) / (performance.now() - began));
  const peakMegabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(JSON.stringify({ taken: summary.taken, rejected: summary.rejected, peakMegabytes, rowsPerSecond }));
} finally {
  await rm(directory, { recursive: true });
}
