import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { sendNotices } from '../../src/intake/index.js';

let close = () => {};
afterEach(() => close());

/** A receiver (a fake) that answers its requests in this order, the last answer again and again. */
async function startAnswering(...answers: ((response: ServerResponse) => void)[]): Promise<string> {
  let asked = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => answers[Math.min(asked++, answers.length - 1)]?.(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const take = (response: ServerResponse) => void response.end('{"success":true,"accepted":1}');
const send = (url: string) => sendNotices({ url, secretKey: 'sk', source: 'till', attempts: 4, answerMs: 500 })([]);

test.each<[string, (response: ServerResponse) => void]>([
  ['never answers', () => undefined],
  ['hangs in the middle of its answer', (response) => void response.writeHead(200).write('{"succ')],
  [
    'breaks off in the middle of its answer',
    (response) => void response.writeHead(200).write('{', () => response.destroy()),
  ],
  ['answers with what is none', (response) => void response.end('<html>')],
])('a receiver that %s is asked again', async (_, first) => {
  const url = await startAnswering(first, take);
  expect(await send(url)).toEqual({ accepted: 1, rejected: [] });
});

test('a receiver that never says what it took ends the import with a sentence', async () => {
  const url = await startAnswering((response) => void response.end('<html>'));
  await expect(send(url)).rejects.toThrow(/answered 200/);
});
