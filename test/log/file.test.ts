import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fileLog, type LogProblem } from '../../src/log/file.js';
import { collect, range, testLog, text } from '../contract/log.js';
import { allBytes, compile, temporaryDirectory } from '../files.js';

testLog('file log', async () => {
  const { path, remove } = await temporaryDirectory();
  return { open: () => fileLog({ directory: path, segmentBytes: 4000 }), bytesOnDisk: () => allBytes(path), remove };
});

let directory = '';
let remove = async () => {};
beforeEach(async () => {
  ({ path: directory, remove } = await temporaryDirectory());
});
afterEach(() => remove());

const segments = async () => (await readdir(directory)).filter((name) => name.endsWith('.log')).sort();

describe('damage', () => {
  test('a torn tail is cut at every length, whole records stay, positions are not used again', async () => {
    for (let cut = 1; cut <= 40; cut += 3) {
      await remove();
      const problems: LogProblem[] = [];
      const log = await fileLog({ directory });
      for (const i of range(1, 5)) await log.append(text(`this is record ${i}`));
      const size = log.bytes();
      await log.close();
      const [file = ''] = await segments();
      await truncate(join(directory, file), size - cut);
      const again = await fileLog({ directory, onProblem: (problem) => problems.push(problem) });
      const kept = cut <= 34 ? 4 : 3;
      expect((await collect(again, 0)).length).toBe(kept);
      expect(problems.map(({ code }) => code)).toEqual(cut === 34 ? [] : ['torn-tail']);
      const next = await again.append(text('next'));
      if (cut !== 34) expect(next).toBeGreaterThan(kept + 1);
      await again.close();
      const third = await fileLog({ directory });
      expect((await collect(third, 0)).at(-1)).toBe(`${next} next`);
      await third.close();
    }
  });

  test('garbage and zeros behind the last record are cut', async () => {
    const log = await fileLog({ directory });
    await log.append(text('whole'));
    await log.close();
    const [file = ''] = await segments();
    const whole = await readFile(join(directory, file));
    await writeFile(join(directory, file), Buffer.concat([whole, Buffer.alloc(4096)]));
    const problems: LogProblem[] = [];
    const again = await fileLog({ directory, onProblem: (problem) => problems.push(problem) });
    expect(problems).toMatchObject([{ code: 'torn-tail', offset: whole.length, bytes: 4096 }]);
    const next = await again.append(text('more'));
    expect(await collect(again, 0)).toEqual(['1 whole', `${next} more`]);
    await again.close();
  });

  test.each([
    ['marker', 0],
    ['length', 4],
    ['length, highest byte', 7],
    ['position', 12],
    ['checksum', 15],
    ['payload', 25],
  ])('a flipped bit in the %s of a record costs that record only and is reported once', async (_, offset) => {
    const log = await fileLog({ directory });
    for (const i of range(1, 9)) await log.append(text(`this is record ${i}`));
    const record = log.bytes() / 9;
    await log.close();
    const [file = ''] = await segments();
    await flip(join(directory, file), record * 4 + offset);
    const problems: LogProblem[] = [];
    const again = await fileLog({ directory, onProblem: (problem) => problems.push(problem) });
    const expected = range(1, 9).flatMap((i) => (i === 5 ? [] : [`${i} this is record ${i}`]));
    expect(await collect(again, 0)).toEqual(expected);
    expect(await collect(again, 0)).toEqual(expected);
    expect(problems).toMatchObject([{ code: 'damaged', offset: record * 4, bytes: record }]);
    expect(again.last()).toBe(9);
    await again.close();
  });

  test('a record inside a record is not taken for one when the outer one is damaged', async () => {
    const log = await fileLog({ directory });
    await log.append(text('first'));
    const [file = ''] = await segments();
    const inner = await readFile(join(directory, file));
    // A sender does not know the marker; with a wrong one the forged record must not be found.
    inner.writeUInt32BE((inner.readUInt32BE(0) ^ 1) >>> 0, 0);
    await log.append(inner);
    await log.append(text('third'));
    await log.close();
    await flip(join(directory, file), 23 + 18 + inner.length - 1);
    const again = await fileLog({ directory });
    expect(await collect(again, 0)).toEqual(['1 first', '3 third']);
    await again.close();
  });

  test('rewrite drops damaged bytes too: they may be anybody’s', async () => {
    const log = await fileLog({ directory });
    for (const i of range(1, 3)) await log.append(text(`secret ${i}`));
    await log.close();
    const [file = ''] = await segments();
    await flip(join(directory, file), 26 + 4);
    const again = await fileLog({ directory });
    expect(await again.rewrite(({ bytes }) => bytes)).toBe(0);
    expect((await allBytes(directory)).includes('secret 2')).toBe(false);
    expect(await collect(again, 0)).toEqual(['1 secret 1', '3 secret 3']);
    await again.close();
  });

  test('an unfinished rewrite leaves the original', async () => {
    const log = await fileLog({ directory });
    await log.append(text('original'));
    await log.close();
    const [file = ''] = await segments();
    await writeFile(join(directory, `${file}.new`), 'half of it');
    const again = await fileLog({ directory });
    expect(await collect(again, 0)).toEqual(['1 original']);
    expect(await readdir(directory)).not.toContain(`${file}.new`);
    await again.close();
  });
});

describe('opening', () => {
  test('a directory that cannot be made says so with path and code', async () => {
    const file = join(directory, 'a-file');
    await writeFile(file, '');
    await expect(fileLog({ directory: join(file, 'log') })).rejects.toThrow(
      /log directory .*a-file.log cannot be written \(ENOTDIR\)/,
    );
  });

  test('one directory, one log; a dead owner’s lock is taken over', async () => {
    const log = await fileLog({ directory });
    await expect(fileLog({ directory })).rejects.toThrow(`in use by process ${process.pid}`);
    await log.close();
    await writeFile(join(directory, 'lock'), JSON.stringify({ pid: process.ppid, started: '' }));
    await expect(fileLog({ directory })).rejects.toThrow(`in use by process ${process.ppid}`);
    await writeFile(join(directory, 'lock'), JSON.stringify({ pid: process.pid, started: '1', token: 'old' }));
    const again = await fileLog({ directory });
    await again.close();
    expect(await readdir(directory)).not.toContain('lock');
  });

  test('many small files: reading begins in the right one', async () => {
    const log = await fileLog({ directory, segmentBytes: 300 });
    for (const i of range(1, 100)) await log.append(text(`record ${i}`));
    expect((await segments()).length).toBeGreaterThan(5);
    for (const after of range(0, 100)) expect((await collect(log, after)).length).toBe(100 - after);
    await log.close();
  });
});

describe('other processes', () => {
  beforeAll(() => compile('log'));

  test('killed under load: every acknowledged record is there', async () => {
    const child = startChild(
      `const log = await fileLog({ directory: ${JSON.stringify(directory)}, segmentBytes: 20000 });
       for (let lane = 0; lane < 20; lane += 1) void (async () => {
         for (let n = 0; ; n += 1) console.log(await log.append(Buffer.from('lane ' + lane + ' n ' + n)));
       })();`,
    );
    const gone = new Promise((resolve) => child.once('exit', resolve));
    let acknowledged = 0;
    for await (const line of createInterface(child.stdout)) {
      acknowledged = Math.max(acknowledged, Number(line));
      if (acknowledged > 2000) child.kill('SIGKILL');
    }
    // Its output ends a moment before it does, and until then it holds the lock.
    await gone;
    const log = await fileLog({ directory });
    const positions = (await collect(log, 0)).map((line) => Number.parseInt(line, 10));
    expect(positions.slice(0, acknowledged)).toEqual(range(1, acknowledged));
    await log.close();
  });

  test('a full disk: appends fail, the log stays whole, and works again when there is space', async () => {
    // A limit on file size stands for the full disk (EFBIG for ENOSPC, after a partial write just the same): it needs no
    // rights, and the parent can lift it.
    const child = startChild(
      `const log = await fileLog({ directory: ${JSON.stringify(directory)} });
       const results = [];
       const put = (i) => log.append(Buffer.alloc(3000, 'r' + i)).then((at) => 'ok', (error) => error.code);
       process.stdin.once('data', async () => {
         results.push(await put('after'));
         await log.close();
         console.log(JSON.stringify(results));
         process.exit(0);
       });
       for (let i = 0; i < 12; i += 1) results.push(await put(i));
       console.log('full');`,
      'ulimit -S -f 20;',
    );
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    expect((await lines.next()).value).toBe('full');
    const lift = spawn('prlimit', ['--pid', `${child.pid}`, '--fsize=unlimited:unlimited']);
    expect((await once(lift, 'exit'))[0]).toBe(0);
    child.stdin.write('go\n');
    const results = JSON.parse((await lines.next()).value ?? '[]') as string[];
    const fitted = results.filter((result) => result === 'ok').length - 1;
    expect(fitted).toBeGreaterThan(2);
    expect(results).toEqual([...Array(fitted).fill('ok'), ...Array(12 - fitted).fill('EFBIG'), 'ok']);
    const problems: LogProblem[] = [];
    const log = await fileLog({ directory, onProblem: (problem) => problems.push(problem) });
    expect(await collect(log, 0)).toHaveLength(fitted + 1);
    expect(problems).toEqual([]);
    await log.close();
  });
});

function startChild(body: string, before = '') {
  const code = `import { fileLog } from ${JSON.stringify(new URL('../../dist/log/file.js', import.meta.url).href)};\n${body}`;
  const child = spawn('bash', ['-c', `${before} exec ${process.execPath} --input-type=module -e "$CODE"`], {
    env: { ...process.env, CODE: code },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return child;
}

async function flip(path: string, offset: number): Promise<void> {
  const file = await open(path, 'r+');
  const byte = Buffer.alloc(1);
  await file.read(byte, 0, 1, offset);
  byte[0] = (byte[0] ?? 0) ^ 4;
  await file.write(byte, 0, 1, offset);
  await file.close();
}
