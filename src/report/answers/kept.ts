import { deserialize, serialize } from 'node:v8';

/** The state of the store and the clock when an answer was begun. */
export interface Moment {
  at: number;
  changes: number;
  takenBack: number;
}

/** Answers as bytes, so that their memory is known and whoever gets one has an object of their own. */
export interface KeptAnswers {
  /** When the answer was begun; undefined where none is kept. */
  momentOf(key: string): Moment | undefined;
  read(key: string): unknown;
  keep(key: string, began: Moment, answer: object): void;
  clear(): void;
}

const MOST_BYTES = 32 * 2 ** 20;

/** Keeps answers until they take too much memory: then those go that nobody asked for the longest. */
export function keepAnswers(mostBytes = MOST_BYTES): KeptAnswers {
  const answers = new Map<string, { began: Moment; bytes: Buffer }>();
  let size = 0;
  const drop = (key: string): void => {
    size -= answers.get(key)?.bytes.length ?? 0;
    answers.delete(key);
  };
  return {
    momentOf: (key) => answers.get(key)?.began,
    read(key) {
      const found = answers.get(key);
      if (!found) return undefined;
      // Behind all others: it is the last that goes.
      answers.delete(key);
      answers.set(key, found);
      return deserialize(found.bytes);
    },
    keep(key, began, answer) {
      const bytes = serialize(answer);
      drop(key);
      // One large list must not drive out all others.
      if (bytes.length > mostBytes / 8) return;
      answers.set(key, { began, bytes });
      size += bytes.length;
      for (const oldest of answers.keys()) {
        if (size <= mostBytes) break;
        drop(oldest);
      }
    },
    clear() {
      answers.clear();
      size = 0;
    },
  };
}
