import { stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDirectory } from '../../src/log/disk.js';
import { temporaryDirectory } from '../files.js';

let directory = '';
let remove = async () => {};
beforeEach(async () => {
  ({ path: directory, remove } = await temporaryDirectory());
});
afterEach(() => remove());

test('makes a directory and those above it, and leaves one alone that is there', async () => {
  const path = join(directory, 'a', 'b', 'c');
  for (let round = 0; round < 2; round += 1) await makeDirectory(path, 0o700);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
  await makeDirectory(path, 0o755);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
});

test('takes a relative path', () => expect(makeDirectory('.')).resolves.toBeUndefined());

test('follows links to directories', async () => {
  await symlink(directory, join(directory, 'link'));
  await makeDirectory(join(directory, 'link', 'a'));
  expect((await stat(join(directory, 'a'))).isDirectory()).toBe(true);
});

test('rejects below a link to nowhere, below a file, and where a file has the name', async () => {
  await symlink(join(directory, 'unmounted'), join(directory, 'disk'));
  await expect(makeDirectory(join(directory, 'disk', 'a', 'b'))).rejects.toThrow('ENOENT');
  await writeFile(join(directory, 'file'), '');
  await expect(makeDirectory(join(directory, 'file'))).rejects.toThrow('EEXIST');
  await expect(makeDirectory(join(directory, 'file', 'a'))).rejects.toThrow('ENOTDIR');
});
