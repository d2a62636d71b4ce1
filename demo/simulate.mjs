import { simulateHistory } from './simulate/history.mjs';

export { simulateHistory };

/** Events in one request; about 300 KB, below the limit of 500 KB. */
const BATCH = 200;
/** Requests under way at a time. */
const PARALLEL = 4;

/**
 * Fills an empty receiver with nine weeks of simulated visitors, through its public HTTP API like any other client.
 * @param {{ receiverUrl: string, secretKey: string, origin: string, weeks?: number, visitors?: number, seed?: number, until: number }} options
 *   `origin` is the shop's.
 * @returns {Promise<{ events: number, orders: number }>}
 */
export async function simulate({ receiverUrl, secretKey, origin, weeks = 9, visitors = 4_000, seed = 1921, until }) {
  const events = simulateHistory({ origin, weeks, visitors, seed, until });
  const batches = Array.from({ length: Math.ceil(events.length / BATCH) }, (_, i) =>
    events.slice(i * BATCH, (i + 1) * BATCH),
  );
  const send = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) await post(receiverUrl, secretKey, batch);
  };
  await Promise.all(Array.from({ length: PARALLEL }, send));
  return { events: events.length, orders: events.filter(({ event }) => event === 'Order Completed').length };
}

/**
 * @param {string} receiverUrl
 * @param {string} secretKey
 * @param {import('../dist/protocol/index.js').WireEvent[]} batch
 */
async function post(receiverUrl, secretKey, batch) {
  const response = await fetch(`${receiverUrl}/v1/batch`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ batch, sentAt: new Date().toISOString() }),
  });
  /** @type {import('../dist/protocol/index.js').BatchAnswer} */
  const answer = await response.json();
  if (response.status === 429 || response.status === 503) {
    await new Promise((resolve) => setTimeout(resolve, 1_000 * Number(response.headers.get('retry-after') ?? 1)));
    return post(receiverUrl, secretKey, batch);
  }
  const refused = answer.rejected?.[0]?.code ?? answer.error?.code;
  if (refused) throw new Error(`The receiver refused simulated events: ${refused}`);
}
