import { once } from 'node:events';
import { expect, it } from 'vitest';
import { until } from '../browser/wait.js';
import { temporaryDirectory } from '../files.js';
import { spawnServer } from '../server/child.js';

const ROUNDS = 2;
const BROWSER = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };

/** Nothing is sent again, so a kill may lose what was not acknowledged, and can double nothing. */
it('keeps every acknowledged view over SIGKILL, and invents none', async () => {
  const place = await temporaryDirectory();
  let sent = 0;
  let acknowledged = 0;
  try {
    for (let round = 1; round <= ROUNDS; round += 1) {
      const server = await spawnServer(place.path, { store: 'memory' });
      const exited = once(server.process, 'exit');
      const stillUp = () => server.process.exitCode === null && server.process.signalCode === null;
      const before = acknowledged;
      const visitor = async () => {
        while (stillUp()) {
          sent += 1;
          const body = JSON.stringify({ v: 1, writeKey: 'wk', path: '/', from: '' });
          const answer = await fetch(`${server.url}/v1/audience`, { method: 'POST', headers: BROWSER, body }).catch(
            () => undefined,
          );
          if (answer?.ok) acknowledged += 1;
          else if (answer) throw new Error(`answered ${answer.status}`);
        }
      };
      const visitors = Promise.all(Array.from({ length: 20 }, visitor));
      await until('acknowledged views', () => acknowledged - before > 20 * round);
      server.process.kill('SIGKILL');
      await exited;
      await visitors;
    }
    const server = await spawnServer(place.path, { store: 'memory' });
    const answer = await fetch(`${server.url}/v1/reports/audience?by=device`, {
      headers: { authorization: 'Bearer ak' },
    });
    const { totals } = await answer.json();
    expect(await server.end('SIGTERM')).toBe(0);
    expect(totals.views).toBeGreaterThanOrEqual(acknowledged);
    expect(totals.views).toBeLessThanOrEqual(sent);
  } finally {
    await place.remove();
  }
});
