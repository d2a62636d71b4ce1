import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { LIBRARY } from './simulate/device.mjs';

/** So many lines are shown. */
const NEWEST = 200;

/**
 * The newest stored events of real visits, as the receiver's `GET /v1/events` gives them: one JSON object a line, newest
 * last. The simulated ones are left out.
 * @param {string} receiverUrl
 * @param {string} adminKey
 * @returns {Promise<string>}
 */
export async function realEvents(receiverUrl, adminKey) {
  const answer = await fetch(`${receiverUrl}/v1/events`, { headers: { authorization: `Bearer ${adminKey}` } });
  if (!answer.ok || !answer.body) throw new Error(`The receiver answered ${answer.status} to /v1/events`);
  /** @type {string[]} */
  const newest = [];
  for await (const line of createInterface({
    input: Readable.from(answer.body.pipeThrough(new TextDecoderStream())),
  })) {
    if (line.includes(LIBRARY.name)) continue;
    newest.push(line);
    if (newest.length > NEWEST) newest.shift();
  }
  return newest.length > 0 ? `${newest.join('\n')}\n` : 'Nothing yet. Enter the shop through a door, and accept.\n';
}
