import type { JsonObject } from '../../src/protocol/index.js';
import type { StoredEvent } from '../../src/stores/contract.js';

let count = 0;

/** A good track event with an id of its own. */
export function event(over: JsonObject = {}): JsonObject {
  count += 1;
  return {
    type: 'track',
    event: 'Product Viewed',
    messageId: `m-${count}`,
    anonymousId: 'device-1',
    timestamp: '2026-11-20T10:00:00.000Z',
    ...over,
  };
}

/** The events of an NDJSON text. */
export function parseLines(text: string): StoredEvent[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as StoredEvent);
}
