import { expect, it } from 'vitest';
import { createForwarder, type Forwarder, webhook } from '../../src/forward/index.js';
import { freshDirectory } from '../files.js';
import { event } from '../receiver/events.js';
import { answerOf, startReceiver } from '../receiver/start.js';
import { startDestination } from './destination.js';

it('retention keeps its promise although a destination is down, and says what that one never had', async () => {
  let forwarder: Forwarder | undefined;
  const directory = freshDirectory();
  const destination = await startDestination();
  const test = await startReceiver({ retention: { default: 30 }, forwarded: () => forwarder?.position() ?? Infinity });
  const destinations = { hook: webhook({ url: `${destination.url}/in`, secret: 'shared secret' }) };
  forwarder = await createForwarder({ log: test.log, directory, destinations, firstPauseMs: 20 });
  const old = (messageId: string) =>
    event({ messageId, timestamp: new Date(Date.now() - 40 * 86_400_000).toISOString() });
  const run = async () => (await answerOf(await test.admin('/v1/retention', 'POST'))).retention;
  try {
    await test.post({ batch: [old('a'), old('b')] });
    await expect.poll(() => destination.ids(), { timeout: 20_000 }).toEqual(['a', 'b']);
    await expect.poll(() => forwarder?.position(), { timeout: 20_000 }).toBe(test.log.last());
    expect(await run()).toEqual([expect.not.objectContaining({ unforwarded: expect.anything() })]);
    destination.status = () => 503;
    await test.post({ batch: [old('c'), old('d'), event({ messageId: 'new' })] });
    expect(await run()).toMatchObject([{ class: 'default', removed: 2, unforwarded: 2 }]);
    expect(await test.receiver.metrics.text()).toContain('filrouge_events_unforwarded_total 2');
    destination.status = () => 204;
    await expect.poll(() => destination.ids(), { timeout: 20_000 }).toEqual(['a', 'b', 'new']);
  } finally {
    await forwarder.close();
    await test.close();
    await destination.close();
  }
});
