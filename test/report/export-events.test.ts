import { expect, it } from 'vitest';
import { encodeRecord } from '../../src/log/record.js';
import { eventRows } from '../../src/report/export/events.js';
import { createContext } from '../../src/report/reports.js';
import { memoryStore } from '../../src/stores/memory.js';

it('a page call of a server has the address and referrer of its properties', async () => {
  const page = { url: 'https://shop.example/a', path: '/a', referrer: 'https://news.example/' };
  const when = { anonymousId: 'ann', timestamp: '2026-11-20T10:00:00.000Z', properties: page };
  const batch = [
    { type: 'page', messageId: '1', ...when },
    { type: 'track', messageId: '2', event: 'Link Shared', ...when },
  ];
  const meta = { kind: 'batch', receivedAt: '2026-11-20T10:00:01.000Z', skewMs: 0, key: 'secret' } as const;
  const store = memoryStore();
  const bytes = encodeRecord(meta, new TextEncoder().encode(JSON.stringify(batch)));
  await store.append([{ position: 1, bytes }]);
  const found: unknown[] = [];
  for await (const { type, url, path, referrer } of eventRows(createContext(store), { from: '2026-11-20' })) {
    found.push({ type, url, path, referrer });
  }
  expect(found).toEqual([
    { type: 'page', ...page },
    { type: 'track', url: null, path: null, referrer: null },
  ]);
});
