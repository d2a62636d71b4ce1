import { HOUR_MS } from '../../../protocol/time.js';
import { grouped } from '../read/facts.js';

/** People who came to a step, and how long each took from the step before. */
export interface Counted {
  people: number;
  hours: number[];
}

/** Steps, and who came to them: by group, and in all. */
export interface Book {
  groups: ReturnType<typeof grouped<Counted[]>>;
  whole: Counted[];
}

/** The times of the steps that a person made, and the group that they are in; undefined where there are no groups. */
export interface Run {
  times: readonly number[];
  group: string | undefined;
}

/**
 * Counts people by those of some steps that anybody made, which is known only behind the last person: steps come to be seen
 * on the way. Who came before somebody made a step did not make it, so their runs end before the first of these. Which one
 * that will be is open: for each that it can be, and for none, there is a book, one for those that end alike. `isFixed`: no
 * step is left out.
 */
export function createFunnelBooks(steps: readonly string[], isFixed: (step: string) => boolean) {
  const open = new Set(steps.filter((step) => !isFixed(step)));
  let seen = steps.filter(isFixed);
  /** By how many of the steps that were seen are in them, from the first on. */
  let books = new Map([[seen.length, { made: seen, book: newBook() }]]);
  const rank = (step: string | undefined): number => (step === undefined ? steps.length : steps.indexOf(step));
  const before = (list: readonly string[], first: string | undefined) =>
    list.filter((step) => rank(step) < rank(first));
  return {
    /** Somebody made a step that was not seen before. */
    see(step: string): void {
      if (!open.delete(step)) return;
      const known = seen;
      seen = steps.filter((one) => one === step || known.includes(one));
      const later = new Map<number, { made: string[]; book: Book }>();
      for (const first of [...open, undefined]) {
        const made = before(seen, first);
        const ended = before(known, rank(first) < rank(step) ? first : step);
        if (!later.has(made.length)) later.set(made.length, { made, book: copyOf(books.get(ended.length)?.book) });
      }
      books = later;
    },
    /** Counts a person; `runOf` finds the run by some of the steps. */
    add(runOf: (steps: readonly string[]) => Run): void {
      for (const { made, book } of books.values()) count(book, runOf(made));
    },
    /** The steps that are left, and their book. */
    result: () => ({ steps: seen, book: books.get(seen.length)?.book ?? newBook() }),
  };
}

function newBook(): Book {
  return { groups: grouped((): Counted[] => []), whole: [] };
}

function copyOf(book: Book = newBook()): Book {
  const copy = newBook();
  const copied = (counted: readonly Counted[]) => counted.map(({ people, hours }) => ({ people, hours: [...hours] }));
  copy.whole.push(...copied(book.whole));
  for (const [name, counted] of book.groups.entries()) copy.groups.of(name).push(...copied(counted));
  return copy;
}

function count({ groups, whole }: Book, { times, group }: Run): void {
  if (times.length === 0) return;
  for (const list of group === undefined ? [whole] : [groups.of(group), whole]) {
    for (let i = 0; i < times.length; i += 1) {
      const counted = (list[i] ??= { people: 0, hours: [] });
      counted.people += 1;
      if (i > 0) counted.hours.push(((times[i] ?? 0) - (times[i - 1] ?? 0)) / HOUR_MS);
    }
  }
}
