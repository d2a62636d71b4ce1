import { mkdir, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '../../browser/wait.js';
import { after, load, settle } from './load.js';
import { cannotMount, missing, type Situation } from './situation.js';

/** Faults of the disk and of the clock. */
export const disks: Situation[] = [
  {
    name: 'disk full, then room again',
    long: true,
    obstacle: cannotMount,
    async play(stage) {
      const disk = await stage.mount(24);
      const ballast = join(disk, 'ballast');
      await writeFile(ballast, Buffer.alloc(12 * 1024 * 1024));
      const server = await stage.start({}, join(disk, 'data'));
      const full = async () => {
        while (!stage.client.refused.get(503)) await after(10);
      };
      await load(server, stage.client, Promise.race([full(), after(20_000)]));
      const { size } = stage.client.acknowledged;
      if (!stage.client.refused.get(503)) throw new Error('The disk never became full.');
      await unlink(ballast);
      await settle(server, stage.client);
      return { server, note: `503 after ${size} events, taken again as soon as there was room; the process lived` };
    },
  },
  {
    name: 'applier fails (no room for the store), then room again',
    obstacle: cannotMount,
    async play(stage) {
      // The log has room, the store has not: events are taken while none can be applied. Then there is enough for all of them.
      const disk = await stage.mount(64);
      const data = join(disk, 'data');
      await mkdir(join(stage.directory, 'log'), { recursive: true });
      await mkdir(data);
      await symlink(join(stage.directory, 'log'), join(data, 'log'));
      const ballast = join(disk, 'ballast');
      const server = await stage.start({}, data);
      // Written until nothing more fits: the write that fails leaves what fitted.
      await writeFile(ballast, Buffer.alloc(65 * 1024 * 1024)).catch(() => {});
      const countFailures = async () => {
        const metrics = await (
          await fetch(`${server.url}/metrics`, { headers: { authorization: 'Bearer ak' } })
        ).text();
        return Number(/^filrouge_apply_failures_total (\d+)/m.exec(metrics)?.[1]);
      };
      // As long as it takes: on a busy machine the applier may not get round to it in a second.
      const failing = until('a failure of the applier', countFailures, 60_000);
      await load(server, stage.client, Promise.allSettled([failing, after(stage.thorough ? 3000 : 1000)]));
      await failing;
      const failures = await countFailures();
      await unlink(ballast);
      return {
        server,
        note: `${failures} failures of the applier; no request was refused: ${stage.client.refused.size === 0}`,
      };
    },
  },
  {
    name: 'slow disk: each sync takes 100 ms longer',
    long: true,
    obstacle: () => missing('strace'),
    async play(stage) {
      const slow =
        'set -- strace -f -qq -o /dev/null -e trace=fdatasync,fsync -e inject=fdatasync,fsync:delay_enter=100000 "$0" "$@"; set -- "$@"; exec "$@"; true';
      const server = await stage.start({ limit: `run() { ${slow} ; }; run "$@"` });
      await load(server, stage.client, after(2000));
      return { server, note: `slowest acknowledgement ${Math.round(stage.client.slowest)} ms` };
    },
  },
  {
    name: 'clock of the server jumps a day ahead and two back',
    long: true,
    obstacle: () => missing('faketime'),
    async play(stage) {
      const file = join(stage.directory, 'clock');
      const set = (offset: string) => writeFile(file, offset);
      await set('+0d');
      const library = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
      const clock = `export LD_PRELOAD=${library} FAKETIME_TIMESTAMP_FILE=${file} FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1`;
      const server = await stage.start({ limit: clock });
      await load(server, stage.client, after(300));
      await set('+1d');
      await load(server, stage.client, after(300));
      await set('-2d');
      await load(server, stage.client, after(300));
      const years = (await server.events()).map(({ timestamp }) => timestamp.slice(0, 10));
      return { server, note: `events dated on ${[...new Set(years)].sort().join(', ')}` };
    },
  },
];
