import type { ChangeCounts } from '../../stores/contract.js';
import { checkTimezone, dayOf } from '../period.js';
import { type AgeQuery, type Dated, readAge } from './age.js';
import { keepAnswers, type Moment } from './kept.js';
import { createRecounts } from './recounts.js';

/** Gives an answer that was given before, if it is as young as the query asks, or makes it. */
export type Remember = <Q extends AgeQuery & { timezone?: string | undefined }, T extends Dated>(
  name: string,
  query: Q,
  make: (asked: Omit<Q, keyof AgeQuery>) => Promise<T>,
) => Promise<T>;

/** The clock decides what a default period is and which carts are still open: an answer is that of now for so long. */
const NOW_MS = 60_000;

interface Count {
  began: Moment;
  answer: Promise<Dated>;
}

/**
 * Keeps answers beyond changes of the store, for those who say how old one may be; whoever does not gets one that nothing has
 * changed since, or a new one. The same question asked twice at a time is counted once, where that is young enough for both. All
 * are gone with the next thing that is taken back from the store: an erasure leaves no trace in what is shown. A store that
 * does not count its changes is asked each time. Whoever asks gets an object of their own.
 */
export function rememberAnswers(store: Partial<ChangeCounts>, now: () => Date, usualTimezone = 'UTC'): Remember {
  const kept = keepAnswers();
  const counting = new Map<string, Count>();
  const recounts = createRecounts();
  let known: number | undefined;

  function moment(): Moment | undefined {
    const changes = store.changes?.();
    if (changes === undefined) return undefined;
    const takenBack = store.takenBack?.() ?? changes;
    if (takenBack !== known) kept.clear();
    known = takenBack;
    return { at: now().getTime(), changes, takenBack };
  }

  function count(key: string, began: Moment, make: () => Promise<Dated>): Count {
    const mine: Count = { began, answer: make() };
    counting.set(key, mine);
    const over = (answer?: Dated): void => {
      if (counting.get(key) === mine) counting.delete(key);
      // Who was taken out meanwhile may be in it.
      if (answer && moment()?.takenBack === began.takenBack && began.changes >= (kept.momentOf(key)?.changes ?? 0))
        kept.keep(key, began, answer);
    };
    mine.answer.then(over, () => over());
    return mine;
  }

  return async <Q extends AgeQuery & { timezone?: string | undefined }, T extends Dated>(
    name: string,
    query: Q,
    make: (asked: Omit<Q, keyof AgeQuery>) => Promise<T>,
  ): Promise<T> => {
    const { maxAgeSeconds: _, newerThan, ...asked } = query;
    const { maxMs, after } = readAge(query);
    const { timezone = usualTimezone } = asked;
    checkTimezone(timezone);
    const present = moment();
    if (!present) return make(asked);
    const key = JSON.stringify([name, dayOf(present.at, timezone), asked]);
    const suits = ({ at, takenBack }: Moment): boolean =>
      takenBack === present.takenBack && maxMs > 0 && at > after && at <= present.at && present.at - at <= maxMs;
    const found = kept.momentOf(key);
    // The name and the query say which report made it.
    if (found && isSame(found, present)) return { ...(kept.read(key) as T), asOf: new Date(present.at).toISOString() };
    if (found && suits(found)) {
      const old = kept.read(key) as T;
      // The second question of a pair: what it has was just counted.
      if (newerThan !== undefined) return old;
      recounts.add(key, async () => {
        const then = moment();
        const isDone = counting.has(key) || (kept.momentOf(key)?.changes ?? 0) > found.changes;
        if (then && !isDone) await count(key, then, () => make(asked)).answer;
      });
      return { ...old, recounting: true };
    }
    const running = counting.get(key);
    const isRight = running && (isSame(running.began, present) || suits(running.began));
    const { answer } = isRight ? running : count(key, present, () => make(asked));
    return structuredClone((await answer) as T);
  };
}

/** Nothing has changed between the two, and it is the same minute. */
function isSame(one: Moment, other: Moment): boolean {
  const minute = ({ at }: Moment) => Math.floor(at / NOW_MS);
  return one.changes === other.changes && one.takenBack === other.takenBack && minute(one) === minute(other);
}
