import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

it('keeps every entry within its limit', { timeout: 300_000 }, async () => {
  const { stdout } = await run(process.execPath, [fileURLToPath(new URL('size.mjs', import.meta.url))]);
  expect(stdout).toMatch(/createTracker \+ segment \+ pages/);
  expect(stdout).toMatch(/consent\/cookieconsent/);
  expect(stdout).not.toMatch(/OVER/);
});
