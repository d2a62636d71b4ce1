// node test/bench/import.mjs [rows]: `filrouge import` of till receipts into a running `filrouge serve`, rows a second and the
// most memory that the importing process had. Default: 100,000 rows and 1,000,000, to see that memory does not grow.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../dist/server/cli.js', import.meta.url));
const sizes = process.argv[2] ? [Number(process.argv[2])] : [100_000, 1_000_000];
const directory = await mkdtemp(join(tmpdir(), 'filrouge-bench-import-'));
console.log(`load before: ${loadavg()[0].toFixed(2)}`);
const server = spawn(
  process.execPath,
  [cli, 'serve', '--port', '0', '--data', join(directory, 'data'), '--secret-key', 'sk'],
  {
    stdio: ['ignore', 'pipe', 'ignore'],
  },
);
try {
  const url = await listening(server);
  for (const rows of sizes) {
    const path = join(directory, `receipts-${rows}.csv`);
    await writeReceipts(path, rows);
    const { seconds, peakMegabytes, summary } = await run([
      'import',
      path,
      '--map',
      'till',
      '--url',
      url,
      '--secret-key',
      'sk',
    ]);
    if (summary.taken !== rows) throw new Error(`${summary.taken} of ${rows} rows were taken`);
    const speed = Math.round(rows / seconds).toLocaleString('en');
    console.log(`${rows.toLocaleString('en')} rows: ${speed} rows/s, at most ${peakMegabytes} MB`);
  }
} finally {
  server.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
}

async function listening(child) {
  let out = '';
  for await (const chunk of child.stdout) {
    out += chunk;
    const found = /Collector +(http:\S+)\/v1\/batch/.exec(out);
    if (found) return found[1];
  }
  throw new Error('serve ended');
}

async function writeReceipts(path, rows) {
  const file = createWriteStream(path);
  file.write('receipt_id,store_id,date,total,loyalty_card,email\n');
  for (let i = 0; i < rows; i += 1) {
    const day = String((i % 28) + 1).padStart(2, '0');
    const line = `R${rows}-${i},${i % 40},2026-10-${day}T12:00:00Z,${(i % 9000) / 100},${i % 50_000},buyer${i % 50_000}@example.com\n`;
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

async function run(args) {
  const began = performance.now();
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let peak = 0;
  const look = setInterval(async () => {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
  }, 100);
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  const [code] = await once(child, 'exit');
  clearInterval(look);
  if (code !== 0) throw new Error(`import ended with ${code}`);
  return {
    seconds: (performance.now() - began) / 1000,
    peakMegabytes: Math.round(peak / 1024),
    summary: JSON.parse(out),
  };
}
