import type { LogRecord } from './contract.js';
import { frames, offsetAfter, type Segment } from './segment.js';

/** Where in the files of a log the records after a position lie: plain data, for a reader in another process. */
export interface LogPlaces {
  after: number;
  /** In the order of reading, each up to what was durable when this was written down. */
  pieces: readonly LogPiece[];
}

/** A stretch of one file. */
export interface LogPiece extends Pick<Segment, 'path' | 'first' | 'salt' | 'size'> {
  /** A record begins here, not behind the first one after the position. */
  offset: number;
}

/** There are other bytes than expected: damage, or the log was rewritten. The log itself gets past them, and reports damage. */
export class PlaceChanged extends Error {}

/** Writes down where the records after a position are. It holds until the log is rewritten. */
export function placesAfter(segments: readonly Segment[], after: number): LogPlaces {
  const began = segments.filter(({ first }) => first <= after + 1).length - 1;
  const pieces = segments
    .slice(Math.max(began, 0))
    .map(({ path, first, salt, size, marks }) => ({ path, first, salt, size, offset: offsetAfter(marks, after) }));
  return { after, pieces };
}

/** Reads the records of places, oldest first. Throws `PlaceChanged` behind the last one that is where it should be. */
export type PlaceReader = (places: LogPlaces) => AsyncIterable<LogRecord>;

/** A reader that remembers where it stopped: a log that has not read a file itself does not know where in it a record is. */
export function createPlaceReader(): PlaceReader {
  let last: { path: string; position: number; offset: number } | undefined;

  function change(path: string): never {
    last = undefined;
    throw new PlaceChanged(`${path} has other bytes than expected.`);
  }

  return async function* read({ after, pieces }) {
    for (const { offset, ...piece } of pieces) {
      const { path } = piece;
      const isKnown = last?.path === path && last.position === after && last.offset > offset;
      const from = isKnown && last ? last.offset : offset;
      let found = !isKnown;
      for await (const frame of frames({ ...piece, marks: [], replaced: false }, from, () => change(path))) {
        const { position, bytes } = frame;
        if (position === after) found = true;
        if (position <= after) continue;
        // After a rewrite another record may begin where the last one did.
        if (!found) change(path);
        last = { path, position, offset: frame.offset };
        yield { position, bytes };
      }
      if (!found) change(path);
    }
  };
}
