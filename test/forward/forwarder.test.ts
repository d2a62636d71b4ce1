import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createForwarder, type Forwarder, type ForwarderOptions, isSigned, webhook } from '../../src/forward/index.js';
import { freshDirectory } from '../files.js';
import { event } from '../receiver/events.js';
import { startReceiver, type TestReceiver } from '../receiver/start.js';
import { type FakeDestination, startDestination } from './destination.js';

const SECRET = 'shared secret';
let receiver: TestReceiver;
let destination: FakeDestination;
let directory: string;
const running: Forwarder[] = [];

beforeEach(async () => {
  receiver = await startReceiver();
  destination = await startDestination();
  directory = freshDirectory();
});
afterEach(async () => {
  for (const forwarder of running.splice(0)) await forwarder.close();
  await receiver.close();
  await destination.close();
});

async function forward(over: Partial<ForwarderOptions> = {}): Promise<Forwarder> {
  const destinations = { hook: webhook({ url: `${destination.url}/in`, secret: SECRET, maxEvents: 3 }) };
  const forwarder = await createForwarder({ log: receiver.log, directory, destinations, firstPauseMs: 20, ...over });
  running.push(forwarder);
  return forwarder;
}

async function restart(over: Partial<ForwarderOptions> = {}): Promise<Forwarder> {
  for (const forwarder of running.splice(0)) await forwarder.close();
  return forward(over);
}

async function post(...ids: string[]): Promise<void> {
  const batch = ids.map((messageId) => event({ messageId }));
  expect((await receiver.post({ batch })).status).toBe(200);
}

const reached = (...ids: string[]) => expect.poll(() => destination.ids(), { timeout: 10_000 }).toEqual(ids);
const done = (forwarder: Forwarder) => expect.poll(() => forwarder.position()).toBe(receiver.log.last());

describe('the way of an event', () => {
  it('begins with what arrives from now on, keeps the order, signs each post', async () => {
    await post('before');
    const forwarder = await forward();
    await post('a', 'b', 'c', 'd');
    await post('e');
    await reached('a', 'b', 'c', 'd', 'e');
    await done(forwarder);
    const [first] = destination.taken;
    const header = `${first?.headers['filrouge-signature']}`;
    const now = Date.now() / 1000;
    expect(isSigned(SECRET, first?.body ?? '', header, now)).toBe(true);
    expect(isSigned(SECRET, `${first?.body} `, header, now)).toBe(false);
    expect(isSigned('other', first?.body ?? '', header, now)).toBe(false);
    expect(isSigned(SECRET, first?.body ?? '', header, now + 400)).toBe(false);
  });

  it('goes on where it was after a restart, and sends a repeat of a client once', async () => {
    const forwarder = await forward();
    await post('a');
    await reached('a');
    await done(forwarder);
    await restart();
    await post('b', 'b', 'c');
    await post('b');
    await post('d');
    await reached('a', 'b', 'c', 'd');
  });

  it('tries again with growing pauses, as Retry-After asks, and loses nothing', async () => {
    let outcomes = [503, 0, 429, 401, 204];
    destination.status = () => (outcomes.length > 1 ? (outcomes.shift() ?? 204) : 204);
    await forward();
    await post('a', 'b', 'c', 'd');
    await reached('a', 'b', 'c', 'd');
    outcomes = [];
    expect(destination.asked).toBe(6);
  });

  it('lets go of the connection of an answer that failed', async () => {
    let isReleased = false;
    const bodyOf = () => new ReadableStream({ cancel: () => void (isReleased = true) });
    const answers = [() => new Response(bodyOf(), { status: 503 }), () => new Response('{}')];
    const hook = webhook({ url: destination.url, secret: SECRET });
    let sent = 0;
    const destinations = { hook: { ...hook, send: async () => answers[Math.min(sent++, 1)]?.() } };
    const forwarder = await forward({ destinations });
    await post('a');
    await done(forwarder);
    expect([sent, isReleased]).toEqual([2, true]);
  });

  it('finds the event that is refused for good, names it nowhere, and goes on', async () => {
    destination.status = (body) => (body.includes('"bad"') ? 422 : 204);
    const lines: string[] = [];
    const say = (line: string, facts?: object) => void lines.push(`${line} ${JSON.stringify(facts)}`);
    const forwarder = await forward({ logger: { info: say, warn: say, error: say } });
    await post('a', 'bad', 'c', 'd', 'e');
    await expect.poll(() => destination.ids().sort()).toEqual(['a', 'c', 'd', 'e']);
    await done(forwarder);
    expect(await forwarder.metrics.metrics()).toContain('filrouge_forward_refused_total{destination="hook"} 1');
    expect(lines.join('\n')).toContain('forward-refused');
    expect(lines.join('\n')).not.toContain('bad');
  });

  it('keeps each destination at its own pace', async () => {
    const other = await startDestination();
    destination.status = () => 503;
    const make = (url: string) => webhook({ url, secret: SECRET });
    const forwarder = await forward({ destinations: { down: make(destination.url), up: make(other.url) } });
    await post('a', 'b');
    await expect.poll(() => other.ids()).toEqual(['a', 'b']);
    const text = () => forwarder.metrics.metrics();
    await expect.poll(text).toContain('filrouge_forward_lag_records{destination="up"} 0');
    expect(await text()).toContain('filrouge_forward_lag_records{destination="down"} 1');
    expect(await text()).toContain('filrouge_forward_sent_total{destination="up"} 2');
    destination.status = () => 204;
    await reached('a', 'b');
    await other.close();
  });
});

describe('the visitor', () => {
  const preferences = (categoryPreferences: { [purpose: string]: boolean }) => ({
    context: { consent: { categoryPreferences } },
  });

  it('decides by purpose: silence passes for analytics only, a stated yes for the others', async () => {
    const other = await startDestination();
    await forward({
      destinations: {
        analytics: webhook({ url: destination.url, secret: SECRET }),
        ads: webhook({ url: other.url, secret: SECRET, purpose: 'advertising' }),
      },
    });
    await receiver.post({
      batch: [
        event({ messageId: 'silent' }),
        event({ messageId: 'no ads', ...preferences({ analytics: true, advertising: false }) }),
        event({ messageId: 'all', ...preferences({ analytics: true, advertising: true }) }),
      ],
    });
    await reached('silent', 'no ads', 'all');
    await expect.poll(() => other.ids()).toEqual(['all']);
    await other.close();
  });

  it('is never passed on after an erasure, also when the destination was down before it', async () => {
    destination.status = () => 503;
    const forwarder = await forward();
    await receiver.post({
      batch: [event({ messageId: 'hers', userId: 'ann' }), event({ messageId: 'his', userId: 'bob' })],
    });
    await expect.poll(() => destination.asked).toBeGreaterThan(0);
    expect((await receiver.admin('/v1/people/ann', 'DELETE')).status).toBe(200);
    destination.status = () => 204;
    // The same events from a client that sends late: they are refused at the door.
    await receiver.post({ batch: [event({ messageId: 'hers again', userId: 'ann' }), event({ messageId: 'last' })] });
    await reached('his', 'last');
    await done(forwarder);
    expect(JSON.stringify(destination.taken)).not.toContain('ann');
  });
});

it('refuses a label that would be no file name', async () => {
  const destinations = { '../x': webhook({ url: destination.url, secret: SECRET }) };
  await expect(forward({ destinations })).rejects.toThrow(/label of letters/);
});
