// The load of the receiver bench, a process of its own: keep-alive connections that send batches of 20 events one after
// the other, over bare sockets (an HTTP client costs more than the server under test). With a sixth argument, so many
// events/s in all: then answers are timed from when their batch was due, not from when it could be sent.
import { connect } from 'node:net';
import { traffic } from './traffic.mjs';

const BATCH = 20;
const POOL = 250;
const [portText, connectionsText, secondsText, size, lane, rateText] = process.argv.slice(2);
const everyMs = rateText ? (Number(connectionsText) * BATCH * 1000) / Number(rateText) : 0;
const waits = [];
const endAfterMs = Number(secondsText) * 1000;
const pool = [...batches()];
let serial = Number(lane) * 2 ** 24;
let answered = 0;
let failed = 0;

const startedAt = performance.now();
await Promise.all(
  Array.from({ length: Number(connectionsText) }, (_, i) => converse((i / Number(connectionsText)) * everyMs)),
);
const seconds = (performance.now() - startedAt) / 1000;
const bytes = Math.round(pool.reduce((sum, { request }) => sum + request.length, 0) / pool.length);
waits.sort((a, b) => a - b);
const part = (share) => waits[Math.min(waits.length - 1, Math.floor(share * waits.length))];
const ackMs = { p50: part(0.5), p99: part(0.99), max: waits.at(-1) };
process.send({ answered, failed, seconds, bytes, events: answered * BATCH, ackMs });
process.disconnect();

function converse(offsetMs) {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(portText), '127.0.0.1');
    let rest = '';
    let dueAt = startedAt + offsetMs;
    const send = () => socket.write(nextRequest());
    const sendWhenDue = () => (everyMs ? setTimeout(send, Math.max(0, dueAt - performance.now())) : send());
    socket.setNoDelay(true).setEncoding('latin1');
    socket.on('connect', sendWhenDue);
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
      waits.push(performance.now() - dueAt);
      dueAt += everyMs;
      if (performance.now() - startedAt < endAfterMs) sendWhenDue();
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
