import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockDirectory } from '../../src/log/lock.js';
import { compile, temporaryDirectory } from '../files.js';

compile('log');
const dist = new URL('../../dist/log/lock.js', import.meta.url).href;

let directory = '';
let remove = async () => {};
beforeEach(async () => {
  ({ path: directory, remove } = await temporaryDirectory());
});
afterEach(() => remove());

/** Takes the lock again and again, and leaves each time what a crash between making the file and writing it leaves. */
const CONTENDER = `
  import { lockDirectory } from ${JSON.stringify(dist)};
  import { unlinkSync, writeFileSync } from 'node:fs';
  const directory = process.env.DIRECTORY;
  let notAlone = 0;
  process.stdin.once('data', () => {
    for (let round = 0; round < 80; ) {
      try {
        lockDirectory(directory);
      } catch (error) {
        if (/in use by process/.test(error.message)) continue;
        throw error;
      }
      round += 1;
      try {
        writeFileSync(directory + '/inside', '', { flag: 'wx' });
        for (const until = performance.now() + 1 + Math.random() * 2; performance.now() < until; );
        unlinkSync(directory + '/inside');
      } catch {
        notAlone += 1;
      }
      writeFileSync(directory + '/lock', '');
    }
    console.log(notAlone);
    process.exit();
  });
  console.log('ready');`;

describe('the lock of a directory', () => {
  test('of processes that start at once over an empty lock one gets it at a time', async () => {
    await writeFile(join(directory, 'lock'), '');
    const contenders = Array.from({ length: 4 }, () => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', CONTENDER], {
        env: { ...process.env, DIRECTORY: directory },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator](), exited: once(child, 'exit') };
    });
    for (const { lines } of contenders) expect((await lines.next()).value).toBe('ready');
    for (const { child } of contenders) child.stdin.write('go\n');
    const found = await Promise.all(contenders.map(async ({ lines }) => (await lines.next()).value));
    expect(found).toEqual(['0', '0', '0', '0']);
    await Promise.all(contenders.map(({ exited }) => exited));
    expect(await readdir(directory)).toEqual(['lock']);
  });

  test.each(['', 'null', '{"pid":', '[]', '{"pid":"7"}'])('a file that says %j is nobody’s', async (text) => {
    await writeFile(join(directory, 'lock'), text);
    const unlock = lockDirectory(directory);
    expect(() => lockDirectory(directory)).toThrow(`in use by process ${process.pid}`);
    unlock();
    expect(await readdir(directory)).toEqual([]);
  });

  test('what a contender left that was killed is removed, one that lives is waited for and then named', async () => {
    await writeFile(join(directory, `lock.${process.pid}-1-00`), '');
    await writeFile(join(directory, `lock.${process.ppid}--00`), '');
    expect(() => lockDirectory(directory)).toThrow(`in use by process ${process.ppid}`);
    expect(await readdir(directory)).toEqual([`lock.${process.ppid}--00`]);
  });
});
