import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../../src/protocol/index.js';
import { everyCollector, queued, SAMPLES } from './samples.js';

const SENT_AT = '2026-11-20T10:00:06.000Z';
const size = (text: string) => Buffer.byteLength(text);

const someEvent = fc
  .record({
    sample: fc.constantFrom<WireEvent[]>(...Object.values(SAMPLES)),
    id: fc.oneof(fc.uuid(), fc.string({ minLength: 1, maxLength: 40 })),
    properties: fc.dictionary(fc.string({ maxLength: 12 }), fc.jsonValue({ maxDepth: 2 })),
    filler: fc.nat(6000),
  })
  .map(
    ({ sample, id, properties, filler }): WireEvent => ({
      ...sample,
      messageId: id,
      // Quotes and line breaks, because they double inside JSON in JSON.
      properties: { ...sample.properties, ...JSON.parse(JSON.stringify(properties)), text: '"\n'.repeat(filler) },
    }),
  );
const batch = fc.uniqueArray(someEvent, { selector: ({ messageId }) => messageId, maxLength: 12 });

describe.each(Object.entries(everyCollector('https://c.example')))('%s', (_, collector) => {
  it('puts each event into exactly one request, within its limit, the same way each time', () => {
    fc.assert(
      fc.property(batch, (events) => {
        const all = events.map(queued);
        const requests = [...collector.encode(all, SENT_AT)];
        expect(requests).toEqual([...collector.encode(all, SENT_AT)]);
        expect(requests.flatMap(({ ids }) => ids).sort()).toEqual(all.map(({ id }) => id).sort());
        for (const { url, body, ids } of requests) {
          expect(url === '' ? body === '' : body.length > 0).toBe(true);
          if (ids.length > 1) expect(size(body)).toBeLessThanOrEqual(collector.maxBytes);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('stays under the room that a leaving page has, and leaves out what cannot', () => {
    // Segment's body is as large as its events, so that its outbox alone keeps the limit.
    if (/segment|jitsu/.test(collector.name)) return;
    fc.assert(
      fc.property(batch, fc.integer({ min: 500, max: 30_000 }), (events, room) => {
        const all = events.map(queued);
        const said = [...collector.encode(all, SENT_AT, room)].filter(({ url }) => url);
        if (room < collector.maxBytes) for (const { body } of said) expect(size(body)).toBeLessThanOrEqual(room);
        expect(new Set(said.flatMap(({ ids }) => ids)).size).toBe(said.flatMap(({ ids }) => ids).length);
      }),
      { numRuns: 40 },
    );
  });
});

it('names each queue differently', () => {
  const names = Object.values(everyCollector('https://c.example')).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
