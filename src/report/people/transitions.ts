import { DIMENSIONS } from '../labels.js';
import { oneOf, readLookback } from '../query.js';
import { type LabelledPoint, pointsOf } from './buyers.js';
import { grouped, median, ratio } from './facts.js';
import { type PeopleReport, readDays } from './scene.js';

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

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

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
    const pairs = grouped((): Pair => ({ passages: 0, people: 0, converted: 0, lags: [] }));
    const places = grouped((): Place => ({ people: 0, converted: 0, stays: 0, dropped: 0 }));
    const all = { people: 0, converted: 0, open: 0 };
    return {
      add(thread) {
        const stays = staysOf(pointsOf(scene, thread));
        const times = thread.timesOf(scene.head.goal);
        const converts = (at: number) => times.some((ms) => ms >= at && ms - at <= lookbackMs);
        const passed = new Map<string, boolean>();
        const met = new Map<string, boolean>();
        stays.forEach((stay, i) => {
          const next = stays[i + 1];
          const follows = next !== undefined && next.begin - stay.end <= windowMs;
          const at = follows ? next.begin : stay.end + windowMs;
          if (stay.end >= scene.from || at >= scene.from)
            met.set(stay.label, met.get(stay.label) === true || converts(stay.begin));
          if (at < scene.from) return;
          if (!follows && at > scene.until) {
            all.open += 1;
            return;
          }
          const key = JSON.stringify([stay.label, follows ? next.label : END]);
          const pair = pairs.of(key);
          pair.passages += 1;
          if (follows) pair.lags.push((next.begin - stay.end) / HOUR_MS);
          const succeeded = converts(follows ? next.begin : stay.end);
          passed.set(key, passed.get(key) === true || succeeded);
          const place = places.of(stay.label);
          place.stays += 1;
          if (!follows && !succeeded) place.dropped += 1;
        });
        for (const [key, succeeded] of passed) count(pairs.of(key), succeeded);
        for (const [label, succeeded] of met) count(places.of(label), succeeded);
        // Those at `from` who did not pass are the others there; what they did must be known without the passers.
        for (const key of passed.keys()) {
          const [from = ''] = JSON.parse(key) as string[];
          if (met.get(from)) pairs.of(key).alsoConverted = (pairs.of(key).alsoConverted ?? 0) + 1;
        }
        if (met.size > 0) count(all, [...met.values()].includes(true));
      },
      result() {
        const rows = pairs.entries().map(([key, pair]) => describe(key, pair, places));
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
          dropOff: places
            .entries()
            .filter(([, { stays }]) => stays > 0)
            .map(([from, { stays, dropped }]) => ({ from, stays, dropped, dropOffRate: ratio(dropped, stays) }))
            .sort((a, b) => b.dropped - a.dropped),
        };
      },
    };
  },
};

interface Pair {
  passages: number;
  people: number;
  converted: number;
  lags: number[];
  /** People of this pair who count as converted at `from`. */
  alsoConverted?: number;
}

interface Place {
  people: number;
  converted: number;
  stays: number;
  dropped: number;
}

function count(group: { people: number; converted: number }, succeeded: boolean): void {
  group.people += 1;
  if (succeeded) group.converted += 1;
}

function describe(key: string, pair: Pair, places: { get(label: string): Place | undefined }): TransitionRow {
  const [from = '', to = ''] = JSON.parse(key) as string[];
  const place = places.get(from) ?? { people: 0, converted: 0, stays: 0, dropped: 0 };
  const baselinePeople = place.people - pair.people;
  const baselineRate = ratio(place.converted - (pair.alsoConverted ?? 0), baselinePeople);
  const conversionRate = ratio(pair.converted, pair.people);
  return {
    from,
    to,
    passages: pair.passages,
    people: pair.people,
    share: ratio(pair.passages, place.stays),
    converted: pair.converted,
    conversionRate,
    baselinePeople,
    baselineRate,
    lift: conversionRate === null || !baselineRate ? null : conversionRate / baselineRate,
    medianLagHours: median(pair.lags),
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
