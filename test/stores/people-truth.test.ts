import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

type Figures = { precision: number; recall: number; overMerged: number };

test('simulated people of whom the truth is known are put together well, and better than by simpler rules', async () => {
  const bench = fileURLToPath(new URL('../bench/people.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [bench, '--json', '1', '2']);
  const results = JSON.parse(stdout) as { seed: number; ours: Figures; lastLogin: Figures; unionOfAll: Figures }[];
  expect(results.map(({ seed }) => seed)).toEqual([1, 2]);
  for (const { ours, lastLogin, unionOfAll } of results) {
    expect(ours.precision).toBeGreaterThan(0.89);
    expect(ours.recall).toBeGreaterThan(0.97);
    // Most of these are households in which somebody goes on under the other's login, which nothing could tell.
    expect(ours.overMerged).toBeLessThan(0.08);
    for (const other of [lastLogin, unionOfAll]) expect(ours.precision).toBeGreaterThan(other.precision + 0.3);
    expect(ours.recall).toBeGreaterThan(lastLogin.recall);
  }
});
