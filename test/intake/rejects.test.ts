import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryDirectory } from '../files.js';

const run = promisify(execFile);

it('a disk that takes only some of the rejected rows is an error, not a shorter file', async () => {
  const { path, remove } = await temporaryDirectory();
  try {
    const module = new URL('../../dist/intake/import/rejects.js', import.meta.url).href;
    const code = `import { rejectsFile } from ${JSON.stringify(module)};
      const rows = { columns: ['receipt'], delimiter: ',', each: (async function* () {})() };
      const rejects = rejectsFile(${JSON.stringify(join(path, 'rejected.csv'))}, rows, 0);
      for (let line = 1; line < 1000; line += 1) rejects.add({ line, cells: ['R' + line] }, 'bad-timestamp');
      console.log(await rejects.write().catch(({ code }) => code));`;
    // The system takes what fits into 8 KiB and refuses the rest.
    const { stdout } = await run(
      'bash',
      ['-c', `ulimit -S -f 8; exec ${process.execPath} --input-type=module -e "$CODE"`],
      {
        env: { ...process.env, CODE: code },
      },
    );
    expect((await readFile(join(path, 'rejected.csv'))).length).toBe(8 * 1024);
    expect(stdout.trim()).toBe('EFBIG');
  } finally {
    await remove();
  }
});
