import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const sink = fileURLToPath(new URL('import-sink.mjs', import.meta.url));

test('importing takes no more memory the longer the file: 60,000 rows fit into a heap of 24 MB', async () => {
  // Kept, these rows would be some 80 MB: the process would end with "heap out of memory".
  const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=24', sink, '60000']);
  expect(JSON.parse(stdout)).toMatchObject({ taken: 59_400, rejected: 600 });
});
