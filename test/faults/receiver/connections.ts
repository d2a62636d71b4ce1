import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ServerProcess } from '../../server/child.js';
import { after, load } from './load.js';
import type { Situation } from './situation.js';

async function open({ url }: ServerProcess): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Opens many connections, some at a time. */
async function openMany(server: ServerProcess, count: number): Promise<Socket[]> {
  const sockets: Socket[] = [];
  while (sockets.length < count) {
    const more = Math.min(200, count - sockets.length);
    sockets.push(...(await Promise.all(Array.from({ length: more }, () => open(server)))));
  }
  return sockets;
}

const post = (length: number) =>
  `POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;

/** Faults of those who connect. */
export const connections: Situation[] = [
  {
    name: 'many half-open connections',
    async play(stage) {
      const count = stage.thorough ? 10_000 : 1_000;
      const server = await stage.start({ limit: 'ulimit -n $(ulimit -Hn)' });
      const sockets = await openMany(server, count);
      await load(server, stage.client, after(1000));
      const alive = sockets.filter(({ destroyed }) => !destroyed).length;
      for (const socket of sockets) socket.destroy();
      return {
        server,
        note: `${alive} connections open, slowest acknowledgement ${Math.round(stage.client.slowest)} ms`,
      };
    },
  },
  {
    name: 'slow-loris: headers and bodies that drip',
    long: true,
    async play(stage) {
      const server = await stage.start();
      const sockets = await openMany(server, 400);
      const drip = setInterval(() => {
        for (const socket of sockets) socket.write('a');
      }, 200);
      for (const [i, socket] of sockets.entries()) socket.write(i % 2 ? 'POST /v1/batch HTTP/1.1\r\nX-A: ' : post(1e6));
      await load(server, stage.client, after(1500));
      let note = `slowest acknowledgement ${Math.round(stage.client.slowest)} ms`;
      if (stage.thorough) {
        const began = performance.now();
        await Promise.race([
          Promise.all(
            sockets.map((socket) => socket.destroyed || new Promise((resolve) => socket.once('close', resolve))),
          ),
          after(150_000),
        ]);
        const left = sockets.filter(({ destroyed }) => !destroyed).length;
        note += `; ${left} of 400 still open after ${Math.round((performance.now() - began) / 1000)} s`;
        if (left) throw new Error(`The server let ${left} dripping connections live.`);
      }
      clearInterval(drip);
      for (const socket of sockets) socket.destroy();
      return { server, note };
    },
  },
  {
    name: 'oversized headers and bodies that break off',
    async play(stage) {
      const server = await stage.start();
      const answers: string[] = [];
      for (let i = 0; i < 20; i++) {
        const socket = await open(server);
        socket.setEncoding('utf8').on('data', (text: string) => answers.push(text.slice(9, 12)));
        const closed = new Promise((resolve) => socket.once('close', resolve));
        socket.write(`POST /v1/batch HTTP/1.1\r\nHost: x\r\nX-Long: ${'x'.repeat(100_000)}\r\n\r\n`);
        await closed;
        const cut = await open(server);
        cut.write(`${post(500)}{"writeKey":"wk","batch":[{"type":"track","event":"Half"`);
        cut.destroy();
      }
      await load(server, stage.client, after(300));
      // The answer may be lost when the server hangs up on what is still being sent; another answer would be wrong.
      if (answers.some((status) => status !== '431')) throw new Error(`Expected 431, got ${answers.join(' ')}.`);
      return { server, note: `431 for ${answers.length} of 20 oversized headers` };
    },
  },
];
