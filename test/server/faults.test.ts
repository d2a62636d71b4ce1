import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineOf, isGone } from '../contract/engine-process.js';
import { freshDirectory } from '../files.js';
import { event } from '../receiver/events.js';
import { type ServerProcess, spawnCli, spawnServer } from './child.js';

let directory: string;
const running: ServerProcess[] = [];
const start = async (...args: Parameters<typeof spawnServer>): Promise<ServerProcess> => {
  const server = await spawnServer(...args);
  running.push(server);
  return server;
};
beforeEach(async () => {
  directory = freshDirectory();
});
afterEach(async () => {
  for (const { process: child } of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    }
  }
});

/** Posts batches on several connections until the server is gone; returns the ids that were acknowledged. */
async function load(server: ServerProcess, acknowledged: string[]): Promise<void> {
  const converse = async (lane: number): Promise<void> => {
    for (let n = 0; ; n++) {
      const ids = Array.from({ length: 20 }, (_, i) => `${server.url}-${lane}-${n}-${i}`);
      try {
        const response = await server.post(
          ids.map((messageId) => event({ messageId, timestamp: new Date().toISOString() })),
        );
        if (response.status === 200) acknowledged.push(...ids);
        await response.arrayBuffer();
      } catch {
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, lane) => converse(lane)));
}

/** Resolves once at least so many ids were acknowledged. */
async function until(acknowledged: string[], count: number): Promise<void> {
  await expect.poll(() => acknowledged.length, { timeout: 120_000, interval: 10 }).toBeGreaterThanOrEqual(count);
}

describe.each(['duckdb', 'memory'])('filrouge serve with the store %s', (store) => {
  it('has every acknowledged event exactly once after a SIGKILL under load, twice', async () => {
    const acknowledged: string[] = [];
    const dataDir = join(directory, 'data');
    for (let round = 1; round <= 2; round++) {
      const server = await start(dataDir, { store });
      const loading = load(server, acknowledged);
      await until(acknowledged, round * 2000);
      expect(await server.end('SIGKILL')).toBe('SIGKILL');
      await loading;
    }
    const server = await start(dataDir, { store });
    const ids = (await server.events()).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
    const stored = new Set(ids);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    expect(await server.end('SIGTERM')).toBe(0);
  });

  it('stops gracefully under load: every acknowledged event is applied, exit code 0', async () => {
    const acknowledged: string[] = [];
    const dataDir = join(directory, 'data');
    const server = await start(dataDir, { store });
    const loading = load(server, acknowledged);
    await until(acknowledged, 1000);
    expect(await server.end('SIGTERM')).toBe(0);
    await loading;
    const again = await start(dataDir, { store });
    const stored = new Set((await again.events()).map(({ messageId }) => messageId));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });
});

describe("the store's process", () => {
  const status = async (url: string): Promise<string> =>
    ((await (await fetch(`${url}/healthz`)).json()) as { status: string }).status;

  it('killed under load again and again: no request is refused, and every event is there once', async () => {
    const acknowledged: string[] = [];
    const server = await start(join(directory, 'data'));
    const loading = load(server, acknowledged);
    let last: number | undefined;
    for (let round = 1; round <= 3; round++) {
      await until(acknowledged, round * 1500);
      last = await engineOf(server.process.pid, last);
      process.kill(last, 'SIGKILL');
    }
    await until(acknowledged, 6000);
    await expect.poll(() => status(server.url), { timeout: 60_000 }).toBe('ok');
    expect(await server.end('SIGTERM')).toBe(0);
    await loading;
    const again = await start(join(directory, 'data'));
    const ids = (await again.events()).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
    const stored = new Set(ids);
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  });

  it('is gone with its server, however that ends', async () => {
    for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
      const server = await start(join(directory, 'data'));
      const pid = await engineOf(server.process.pid);
      await server.end(signal);
      await expect.poll(() => isGone(pid), { timeout: 30_000 }).toBe(true);
    }
  });
});

describe('disk trouble', () => {
  const large = () => event({ properties: { text: 'x'.repeat(20_000) } });

  it('answers 503 when the log may not grow, and keeps what it acknowledged', async () => {
    const dataDir = join(directory, 'data');
    const server = await start(dataDir, { store: 'memory', limit: 'ulimit -f 300' });
    const acknowledged: unknown[] = [];
    let answer = await server.post([large()]);
    for (let i = 0; answer.status === 200 && i < 100; i++) {
      acknowledged.push(i);
      answer = await server.post([large()]);
    }
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toMatchObject([
      503,
      '5',
      { success: false, error: { code: 'storage-unavailable' } },
    ]);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(await server.events()).toHaveLength(acknowledged.length);
    await server.end('SIGKILL');
    const again = await start(dataDir, { store: 'memory' });
    expect(await again.events()).toHaveLength(acknowledged.length);
    expect((await again.post([large()])).status).toBe(200);
  });

  it.skipIf(!canMount())('goes on by itself when a full disk has room again', async () => {
    const disk = join(directory, 'disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
    try {
      await writeFile(join(disk, 'ballast'), Buffer.alloc(1_000_000));
      const server = await start(join(disk, 'data'), { store: 'memory' });
      let count = 0;
      let status = 200;
      for (; status === 200 && count < 200; count++) ({ status } = await server.post([large()]));
      expect(status).toBe(503);
      await unlink(join(disk, 'ballast'));
      expect((await server.post([large()])).status).toBe(200);
      expect(await server.events()).toHaveLength(count);
      expect(await server.end('SIGTERM')).toBe(0);
    } finally {
      for (const server of running) server.process.kill('SIGKILL');
      execFileSync('umount', ['-l', disk]);
    }
  });
});

describe('refusing to start', () => {
  async function outcome(args: string[]): Promise<{ code: number; err: string; out: string }> {
    const child = spawnCli(args);
    let err = '';
    let out = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      err += text;
    });
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    const [code] = await once(child, 'close');
    return { code, err, out };
  }

  it('says so when another process has the directory, and leaves that one alone', async () => {
    const dataDir = join(directory, 'data');
    const server = await start(dataDir);
    const second = await outcome(['serve', '--port', '0', '--data', dataDir, '--write-key', 'wk']);
    expect([second.code, second.err]).toEqual([1, expect.stringMatching(/in use/)]);
    expect((await server.post([event()])).status).toBe(200);
  });

  it('says so when the port is taken', async () => {
    const server = await start(join(directory, 'data'));
    const { port } = new URL(server.url);
    const second = await outcome(['serve', '--port', port, '--data', join(directory, 'other'), '--write-key', 'wk']);
    expect([second.code, second.err]).toEqual([1, expect.stringContaining(`Port ${port} is taken`)]);
  });

  it('says so when the directory cannot be written', async () => {
    await writeFile(join(directory, 'file'), '');
    const result = await outcome(['serve', '--port', '0', '--data', join(directory, 'file'), '--write-key', 'wk']);
    expect([result.code, result.err]).toEqual([1, expect.stringContaining('cannot be used (EEXIST)')]);
  });

  it('says so when the secret is not the one that the store was made with', async () => {
    const dataDir = join(directory, 'data');
    await (await start(dataDir)).end('SIGTERM');
    await writeFile(join(dataDir, 'secret'), 'another\n');
    const result = await outcome(['serve', '--port', '0', '--data', dataDir, '--write-key', 'wk']);
    expect([result.code, result.err]).toEqual([1, expect.stringMatching(/another pepper.*"secret"/)]);
  });

  it.each([
    ['--prot', '1'],
    ['--cookie-domain', 'localhost'],
  ])('exits 2 on wrong usage: %s %s', async (...flags) => {
    const data = join(directory, 'data');
    expect(await outcome(['serve', '--port', '0', '--data', data, ...flags])).toMatchObject({ code: 2, out: '' });
  });
});

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
