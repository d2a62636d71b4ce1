// The load of the receiver bench, a process of its own: keep-alive connections that send batches of 20 events one after
// the other, over bare sockets (an HTTP client costs more than the server under test).
import { connect } from 'node:net';
import { traffic } from './traffic.mjs';

const BATCH = 20;
const POOL = 250;
const [portText, connectionsText, secondsText, size, lane] = process.argv.slice(2);
const endAfterMs = Number(secondsText) * 1000;
const pool = [...batches()];
let serial = Number(lane) * 2 ** 24;
let answered = 0;
let failed = 0;

const startedAt = performance.now();
await Promise.all(Array.from({ length: Number(connectionsText) }, converse));
const seconds = (performance.now() - startedAt) / 1000;
const bytes = Math.round(pool.reduce((sum, { request }) => sum + request.length, 0) / pool.length);
process.send({ answered, failed, seconds, bytes, events: answered * BATCH });
process.disconnect();

function converse() {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(portText), '127.0.0.1');
    let rest = '';
    const send = () => socket.write(nextRequest());
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      rest += chunk;
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(rest)?.[1]);
      if (rest.length < end + 4 + length) return;
      if (rest.startsWith('HTTP/1.1 200')) answered += 1;
      else failed += 1;
      rest = '';
      if (performance.now() - startedAt < endAfterMs) send();
      else socket.end(resolve);
    });
  });
}

/** Every event sent has an id of its own: the last twelve hex digits of each messageId are overwritten with a count. */
function nextRequest() {
  const { request, offsets } = pool[serial % POOL];
  // The socket may still hold the last bytes of this request, so it is copied.
  const copy = Buffer.from(request);
  offsets.forEach((offset, i) => copy.write((serial * BATCH + i).toString(16).padStart(12, '0'), offset, 'latin1'));
  serial += 1;
  return copy;
}

function* batches() {
  const events = [...traffic({ count: BATCH * POOL })];
  while (events.length) {
    const batch = events.splice(0, BATCH).map(size === 'small' ? small : (event) => event);
    const body = JSON.stringify({ batch, sentAt: new Date().toISOString(), writeKey: 'wk' });
    const head = `POST /v1/batch HTTP/1.1\r\nhost: localhost\r\ncontent-type: text/plain\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n`;
    const request = Buffer.from(head + body);
    const offsets = batch.map(({ messageId }) => request.indexOf(messageId) + messageId.length - 12);
    yield { request, offsets };
  }
}

/** What a till or a server sends: no browser context. */
function small({ type, event, name, messageId, timestamp, anonymousId, userId, properties, context }) {
  return {
    type,
    event,
    name,
    messageId,
    timestamp,
    anonymousId,
    userId,
    properties,
    context: { campaign: context.campaign },
  };
}
