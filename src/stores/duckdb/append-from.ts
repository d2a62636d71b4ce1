import type { LogRecord } from '../../log/contract.js';
import { createPlaceReader, PlaceChanged } from '../../log/places.js';
import { receivedAtOf } from '../../log/record.js';
import type { Applied, Store } from '../contract.js';

/** Records as they come: from the caller, or out of the log's files while they are applied. */
export type Records = Iterable<LogRecord> | AsyncIterable<LogRecord>;

/** Makes `Store.appendFrom` of what applies records: between processes go places instead of all bytes. */
export function createAppendFrom(append: (records: Records) => Promise<Applied>): Required<Store>['appendFrom'] {
  const read = createPlaceReader();
  return async (places, most) => {
    let last: LogRecord | undefined;
    let isChanged = false;
    async function* records(): AsyncGenerator<LogRecord> {
      let left = { ...most };
      try {
        for await (const record of read(places)) {
          yield record;
          last = record;
          left = { records: left.records - 1, bytes: left.bytes - record.bytes.length };
          if (left.records <= 0 || left.bytes <= 0) return;
        }
      } catch (error) {
        if (!(error instanceof PlaceChanged)) throw error;
        isChanged = true;
      }
    }
    const applied = await append(records());
    return { applied, isChanged, last: last && { position: last.position, receivedAt: receivedAtOf(last) } };
  };
}
