import { DIMENSIONS } from '../labels.js';
import { oneOf } from '../query.js';
import { bucketOf } from './buckets.js';
import { eventsNamed, grouped, numberIn, ratio } from './read/facts.js';
import type { PeopleReport } from './read/scene.js';
import type { Way } from './read/way.js';

/** How sessions can be grouped. */
const ENGAGEMENT_GROUPS = ['channel', 'source', 'medium', 'campaign', 'day', 'week', 'month', 'total'] as const;

/** How long sessions lasted, by the clock and by what was looked at. */
export interface EngagementFigures {
  sessions: number;
  /** Sum of (last - first event) / sessions, as in `kpis`. */
  averageSessionSeconds: number | null;
  /** Sessions with a reading: on some page of theirs, the tag counted a few seconds. */
  measuredSessions: number;
  /** Seconds in which pages were visible and had the focus, in all. */
  engagedSeconds: number;
  /**
   * engagedSeconds / sessions: whoever left at once looked for 0 s. Null where no session has a reading, because then nobody
   * measured.
   */
  averageEngagedSeconds: number | null;
  /** engagedSeconds / measuredSessions. */
  averageMeasuredSeconds: number | null;
  /** Of the measured sessions, which part of a page was scrolled through at most, from 0 to 1; the middle one. */
  medianScrollShare: number | null;
}

/** What `engagement` answers besides its heading. */
export interface EngagementReport {
  by: string;
  rows: ({ [group: string]: unknown } & EngagementFigures)[];
  totals: EngagementFigures;
  /** Says so where there are sessions and nobody measured. */
  notices: string[];
}

const NOT_MEASURED = 'No session has engaged time: the tag counts it with "engagement" in data-capture.';

const READING = 'Page Engaged';

/**
 * Session duration and engaged time side by side: a page that is open in a hidden tab lasts, and nobody looks at it; a
 * session of one page lasts 0 s, however long it was read. From `Page Engaged` (`engaged_seconds`, `scroll_depth`), which the
 * tag sends with `engagement` in `data-capture`. A session belongs to the day on which it began.
 */
export const engagement: PeopleReport<EngagementReport> = {
  name: 'engagement',
  plan: ({ by }) => ({
    ...{ events: [READING], without: ['touches'], days: 0 },
    by: DIMENSIONS.find((dimension) => dimension === by) ?? 'channel',
  }),
  tally(scene, query) {
    const by = oneOf('by', query.by, ENGAGEMENT_GROUPS);
    const bucket = by === 'day' || by === 'week' || by === 'month' ? by : undefined;
    const groups = grouped(nothing);
    const total = nothing();
    return {
      add(thread) {
        const readings = readingsOf(thread);
        for (const [index, { at, seconds, sourceKey }] of thread.visits.entries()) {
          if (at < scene.from || at >= scene.to) continue;
          const name = bucket ? bucketOf(scene.dayOf(at), bucket) : by === 'total' ? '' : scene.label(sourceKey).label;
          const reading = readings?.get(index);
          count(groups.of(name), seconds, reading);
          count(total, seconds, reading);
        }
      },
      result() {
        const rows = groups.entries().map(([name, counts]) => ({
          ...(by === 'total' ? {} : { [by]: name }),
          ...describe(counts),
        }));
        if (!bucket) rows.sort((a, b) => b.sessions - a.sessions);
        const notices = total.sessions > 0 && total.measured === 0 ? [NOT_MEASURED] : [];
        return { by, rows, totals: describe(total), notices };
      },
    };
  },
};

/** All readings of one session. */
interface Reading {
  engagedMs: number;
  /** Percent, from 0 to 100; undefined where none was told. */
  depth: number | undefined;
}

/** By the place of the visit; undefined where there is none, as of most people. */
function readingsOf(thread: Way): Map<number, Reading> | undefined {
  const events = eventsNamed(thread, READING);
  if (events.length === 0) return undefined;
  const found = new Map<number, Reading>();
  for (const { visit, properties } of events) {
    const seconds = numberIn(properties, 'engaged_seconds');
    if (visit === undefined || seconds === undefined || seconds < 0) continue;
    const depth = numberIn(properties, 'scroll_depth');
    const known = found.get(visit) ?? { engagedMs: 0, depth: undefined };
    // Whole milliseconds: then the sum is the same in any order.
    known.engagedMs += Math.round(seconds * 1000);
    if (depth !== undefined) known.depth = Math.max(known.depth ?? 0, Math.min(100, Math.round(depth)));
    found.set(visit, known);
  }
  return found;
}

/** Sessions of one group; `depths` has how many got to each percent. */
const nothing = () => ({ sessions: 0, seconds: 0, measured: 0, engagedMs: 0, depths: new Uint32Array(101) });

function count(counts: ReturnType<typeof nothing>, seconds: number, reading: Reading | undefined): void {
  counts.sessions += 1;
  counts.seconds += seconds;
  if (!reading) return;
  counts.measured += 1;
  counts.engagedMs += reading.engagedMs;
  const { depth } = reading;
  if (depth !== undefined) counts.depths[depth] = (counts.depths[depth] ?? 0) + 1;
}

function describe({ sessions, seconds, measured, engagedMs, depths }: ReturnType<typeof nothing>): EngagementFigures {
  const engagedSeconds = engagedMs / 1000;
  return {
    sessions,
    averageSessionSeconds: ratio(seconds, sessions),
    measuredSessions: measured,
    engagedSeconds,
    averageEngagedSeconds: measured === 0 ? null : ratio(engagedSeconds, sessions),
    averageMeasuredSeconds: ratio(engagedSeconds, measured),
    medianScrollShare: depths.some((sessions) => sessions > 0) ? middleOf(depths) / 100 : null,
  };
}

/** The middle value by how many there are of each; of two in the middle their mean. */
function middleOf(counts: Uint32Array): number {
  const n = counts.reduce((sum, one) => sum + one, 0);
  const at = (place: number): number => {
    let passed = 0;
    return counts.findIndex((one) => (passed += one) > place);
  };
  return (at(Math.floor((n - 1) / 2)) + at(Math.ceil((n - 1) / 2))) / 2;
}
