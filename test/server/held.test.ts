import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHeldBodies } from '../../src/server/held.js';
import { nodeListener } from '../../src/server/node.js';
import { event } from '../receiver/events.js';
import { startReceiver, type TestReceiver } from '../receiver/start.js';

describe('bodies held in memory', () => {
  it('make room for others when there is too much: the one that has taken longest first, whole ones never', () => {
    const dropped: string[] = [];
    const bodies = createHeldBodies(100);
    const begin = (name: string) => bodies.begin(() => dropped.push(name));
    const [waiting, slow, slower, quick] = ['waiting', 'slow', 'slower', 'quick'].map(begin);
    waiting?.add(30);
    waiting?.read();
    slow?.add(40);
    slower?.add(30);
    expect(dropped).toEqual([]);
    quick?.add(20);
    expect(dropped).toEqual(['slow']);
    // Its bytes do not count again, whatever comes.
    slow?.add(1000);
    slow?.end();
    quick?.add(20);
    expect(dropped).toEqual(['slow']);
    quick?.add(60);
    expect(dropped).toEqual(['slow', 'slower', 'quick']);
    waiting?.end();
    begin('next').add(100);
    expect(dropped).toEqual(['slow', 'slower', 'quick']);
  });
});

describe('a server whose memory for bodies is full of slow ones', () => {
  let test: TestReceiver;
  const server = createServer((incoming, response) => nodeListenerOf(incoming, response));
  let nodeListenerOf: ReturnType<typeof nodeListener>;
  beforeEach(async () => {
    test = await startReceiver();
    nodeListenerOf = nodeListener(test.receiver, test.receiver.fetch, 200_000);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await test.close();
  });

  const portOf = () => (server.address() as AddressInfo).port;

  /** Sends a part of a body and waits; `answer` resolves with all that came until the server hung up. */
  async function drip(bytes: number): Promise<{ socket: Socket; answer: Promise<string> }> {
    const socket = connect(portOf(), '127.0.0.1');
    await once(socket, 'connect');
    let text = '';
    socket.setEncoding('utf8').on('data', (more: string) => {
      text += more;
    });
    const answer = new Promise<string>((resolve) => socket.once('close', () => resolve(text)).on('error', () => {}));
    const head = `POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Length: 400000\r\n\r\n`;
    await new Promise((resolve) => socket.write(head + 'x'.repeat(bytes), resolve));
    return { socket, answer };
  }

  it('lets the oldest go and takes what comes whole', async () => {
    const oldest = await drip(90_000);
    const younger = await drip(60_000);
    const properties = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`p${i}`, 'x'.repeat(5000)]));
    const body = JSON.stringify({ writeKey: 'wk', batch: [1, 2, 3, 4].map(() => event({ properties })) });
    const send = async () => (await fetch(`http://127.0.0.1:${portOf()}/v1/batch`, { method: 'POST', body })).status;
    // The bytes of the slow ones may still be on their way.
    const statuses: number[] = [];
    let isOver = false;
    void oldest.answer.then(() => {
      isOver = true;
    });
    while (!isOver) statuses.push(await send());
    expect(await oldest.answer).toMatch(/^HTTP\/1\.1 503 [\s\S]*"overloaded"/);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(younger.socket.destroyed).toBe(false);
    expect(await send()).toBe(200);
    younger.socket.destroy();
  });
});
