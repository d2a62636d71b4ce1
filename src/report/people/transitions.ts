import { DAY_MS, HOUR_MS } from '../../protocol/time.js';
import { DIMENSIONS } from '../labels.js';
import { oneOf, readLookback } from '../query.js';
import { type LabelledPoint, pointsOf } from './books/buyers.js';
import { median, ratio } from './read/facts.js';
import { type PeopleReport, readDays } from './read/scene.js';

/** Where ways end: no further touch within the window. */
export const END = '(end)';

/** From one channel to the next different one. */
export interface TransitionRow {
  from: string;
  /** `(end)`: no later touch within the window. */
  to: string;
  /** How often; repeats of a channel in a row are one stay. */
  passages: number;
  people: number;
  /** passages / all that followed upon stays at `from`, ends included. */
  share: number | null;
  /** Of these people, those who reached the goal within the lookback after the passage (an end: after the last touch). */
  converted: number;
  conversionRate: number | null;
  /** People who were at `from` and never passed to `to`, and their conversion rate after `from`. */
  baselinePeople: number;
  baselineRate: number | null;
  /** conversionRate / baselineRate. */
  lift: number | null;
  /** From the last touch at `from` to the first at `to`. */
  medianLagHours: number | null;
}

/** What `transitions` answers besides its heading. */
export interface TransitionsReport {
  by: string;
  windowDays: number;
  lookbackDays: number;
  rows: TransitionRow[];
  /** `open`: stays whose window is not over; nothing followed yet, so they count as neither. */
  totals: { people: number; passages: number; ends: number; open: number; conversionRate: number | null };
  /** By channel: of its stays that are over, the share that nothing followed and no conversion either. */
  dropOff: { from: string; stays: number; dropped: number; dropOffRate: number | null }[];
}

/**
 * The matrix of passages between channels within `window` days (30), with efficiency: how many convert within `lookback`
 * days (30) after it, against those who did not pass. A passage is dated by its arrival, an end by the day on which the
 * window was over. Better conversion after a passage is not its effect: who passes is more interested already.
 */
export const transitions: PeopleReport<TransitionsReport> = {
  name: 'transitions',
  plan: ({ by, windowDays }, { goal }) => ({
    events: [goal],
    bare: true,
    without: ['facts', 'visits'],
    by: oneOf('by', by, DIMENSIONS),
    days: 2 * readDays('window', windowDays, 30),
  }),
  tally(scene, query) {
    const windowDays = readDays('window', query.windowDays, 30);
    const lookbackDays = readLookback(query.lookbackDays);
    const [windowMs, lookbackMs] = [windowDays * DAY_MS, lookbackDays * DAY_MS];
    const book = createBook();
    const all = { people: 0, converted: 0, open: 0 };
    return {
      add(thread) {
        const stays = staysOf(pointsOf(scene, thread));
        const times = thread.timesOf(scene.head.goal);
        const converts = (at: number) => times.some((ms) => ms >= at && ms - at <= lookbackMs);
        book.next();
        for (let i = 0; i < stays.length; i += 1) {
          const [stay, next] = [stays[i], stays[i + 1]];
          if (!stay) continue;
          const follows = next !== undefined && next.begin - stay.end <= windowMs;
          const at = follows ? next.begin : stay.end + windowMs;
          if (stay.end < scene.from && at < scene.from) continue;
          const place = book.placeOf(stay.label);
          book.count(place, converts(stay.begin));
          if (at < scene.from) continue;
          if (!follows && at > scene.until) {
            all.open += 1;
            continue;
          }
          const pair = book.pairOf(place, follows ? next.label : END);
          const succeeded = converts(follows ? next.begin : stay.end);
          pair.passages += 1;
          book.count(pair, succeeded);
          if (follows) pair.lags.push((next.begin - stay.end) / HOUR_MS);
          place.stays += 1;
          if (!follows && !succeeded) place.dropped += 1;
        }
        const converted = book.close();
        if (converted !== undefined) all.people += 1;
        if (converted) all.converted += 1;
      },
      result() {
        const rows = book.pairs().map(describe);
        rows.sort((a, b) => Number(a.to === END) - Number(b.to === END) || b.passages - a.passages);
        const passages = rows.reduce((sum, row) => sum + (row.to === END ? 0 : row.passages), 0);
        const ends = rows.reduce((sum, row) => sum + (row.to === END ? row.passages : 0), 0);
        return {
          by: oneOf('by', query.by, DIMENSIONS),
          windowDays,
          lookbackDays,
          rows,
          totals: {
            people: all.people,
            passages,
            ends,
            open: all.open,
            conversionRate: ratio(all.converted, all.people),
          },
          dropOff: book
            .places()
            .filter(({ stays }) => stays > 0)
            .map(({ label, stays, dropped }) => ({ from: label, stays, dropped, dropOffRate: ratio(dropped, stays) }))
            .sort((a, b) => b.dropped - a.dropped),
        };
      },
    };
  },
};

/** People who did something, and those of them who converted after it. */
interface Counted {
  people: number;
  converted: number;
  /** Whether it was counted for the person whose turn it is, and as what. */
  isMine: boolean;
  succeeded: boolean;
}

interface Place extends Counted {
  label: string;
  stays: number;
  dropped: number;
  /** The passages from here, by where to. */
  to: Map<string, Pair>;
}

interface Pair extends Counted {
  from: Place;
  to: string;
  passages: number;
  lags: number[];
  /** People of this pair who count as converted at `from`. */
  alsoConverted: number;
}

/** Counts people once at each place and for each pair, as converted if they ever were. */
function createBook() {
  const places = new Map<string, Place>();
  /** Where the person whose turn it is was counted. */
  const mine: { places: Place[]; pairs: Pair[] } = { places: [], pairs: [] };
  const nobody = (): Counted => ({ people: 0, converted: 0, isMine: false, succeeded: false });
  return {
    next(): void {
      for (const one of mine.places) one.isMine = one.succeeded = false;
      for (const one of mine.pairs) one.isMine = one.succeeded = false;
      mine.places.length = mine.pairs.length = 0;
    },
    /** To be counted at once, as is a pair. */
    placeOf(label: string): Place {
      let place = places.get(label);
      if (!place) places.set(label, (place = { ...nobody(), label, stays: 0, dropped: 0, to: new Map() }));
      if (!place.isMine) mine.places.push(place);
      return place;
    },
    pairOf(from: Place, to: string): Pair {
      let pair = from.to.get(to);
      if (!pair) from.to.set(to, (pair = { ...nobody(), from, to, passages: 0, lags: [], alsoConverted: 0 }));
      if (!pair.isMine) mine.pairs.push(pair);
      return pair;
    },
    count(one: Counted, succeeded: boolean): void {
      if (!one.isMine) {
        one.people += 1;
        one.isMine = true;
      }
      if (succeeded && !one.succeeded) {
        one.converted += 1;
        one.succeeded = true;
      }
    },
    /** Whether the person converted after any place; undefined for one who was nowhere. */
    close(): boolean | undefined {
      // Those at `from` who did not pass are the others there; what they did must be known without the passers.
      for (const pair of mine.pairs) if (pair.from.succeeded) pair.alsoConverted += 1;
      return mine.places.length === 0 ? undefined : mine.places.some(({ succeeded }) => succeeded);
    },
    /** By label, so that every engine answers alike. */
    places: (): Place[] => sorted(places),
    pairs: (): Pair[] => sorted(places).flatMap(({ to }) => sorted(to)),
  };
}

function sorted<T>(named: ReadonlyMap<string, T>): T[] {
  return [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function describe({ from, to, alsoConverted, lags, ...pair }: Pair): TransitionRow {
  const baselinePeople = from.people - pair.people;
  const baselineRate = ratio(from.converted - alsoConverted, baselinePeople);
  const conversionRate = ratio(pair.converted, pair.people);
  return {
    from: from.label,
    to,
    passages: pair.passages,
    people: pair.people,
    share: ratio(pair.passages, from.stays),
    converted: pair.converted,
    conversionRate,
    baselinePeople,
    baselineRate,
    lift: conversionRate === null || !baselineRate ? null : conversionRate / baselineRate,
    medianLagHours: median(lags),
  };
}

/** A run of touches of one channel. */
interface Stay {
  label: string;
  begin: number;
  end: number;
}

function staysOf(points: readonly LabelledPoint[]): Stay[] {
  const stays: Stay[] = [];
  for (const { at, label } of points) {
    const last = stays.at(-1);
    if (last?.label === label) last.end = at;
    else stays.push({ label, begin: at, end: at });
  }
  return stays;
}
