import { DIMENSIONS } from '../labels.js';
import { oneOf } from '../query.js';
import { bucketOf, readBucket } from './buckets.js';
import { grouped, ratio } from './read/facts.js';
import type { PeopleReport } from './read/scene.js';
import type { WayVisit } from './read/way.js';

/** How visitors can be grouped. */
const VISITOR_GROUPS = ['day', 'week', 'month', ...DIMENSIONS, 'total'] as const;

/** People with a visit here. Not additive: the same person can be in several groups. */
export interface VisitorFigures {
  visitors: number;
  devices: number;
  sessions: number;
  /** First seen in the period. */
  newVisitors: number;
  /** Had been here before one of these visits, in the period or earlier; someone new who comes back is both. */
  returningVisitors: number;
  /** returningVisitors / visitors. */
  returningRate: number | null;
  sessionsPerVisitor: number | null;
  /** Of whom a user id is known. */
  identified: number;
}

/** What `visitors` answers besides its heading. */
export interface VisitorsReport {
  by: string;
  rows: ({ [group: string]: unknown } & VisitorFigures)[];
  totals: VisitorFigures;
}

/** New and returning visitors. Returned goods are in `sales`. */
export const visitors: PeopleReport<VisitorsReport> = {
  name: 'visitors',
  plan: ({ by }) => ({
    ...{ events: [], bare: true, without: ['touches'], days: 0 },
    by: DIMENSIONS.find((dimension) => dimension === by) ?? 'channel',
  }),
  tally(scene, query) {
    const by = oneOf('by', query.by, VISITOR_GROUPS);
    const bucket = by === 'day' || by === 'week' || by === 'month' ? readBucket(by) : undefined;
    const groups = grouped(nothing);
    const total = nothing();
    const groupOf = ({ at, sourceKey }: WayVisit) =>
      bucket ? bucketOf(scene.dayOf(at), bucket) : by === 'total' ? '' : scene.label(sourceKey).label;
    let person = 0;
    return {
      add({ visits, firstSeen, identified }) {
        person += 1;
        const isNew = firstSeen >= scene.from;
        let isAgain = !isNew;
        for (const visit of visits) {
          if (visit.at < scene.from || visit.at >= scene.to) continue;
          for (const counts of [groups.of(groupOf(visit)), total])
            count(counts, visit, { person, isNew, isAgain, identified });
          isAgain = true;
        }
      },
      result() {
        const rows = groups.entries().map(([name, counts]) => ({
          ...(by === 'total' ? {} : { [by]: name }),
          ...describe(counts),
        }));
        if (!bucket) rows.sort((a, b) => b.visitors - a.visitors);
        return { by, rows, totals: describe(total) };
      },
    };
  },
};

const nothing = () => ({
  ...{ visitors: 0, devices: 0, sessions: 0, newVisitors: 0, returningVisitors: 0, identified: 0 },
  /** Of the person who was counted last: their number, whether as returning, and on which devices. */
  last: { person: 0, returned: false, device: Number.NaN, others: undefined as Set<number> | undefined },
});

function count(
  counts: ReturnType<typeof nothing>,
  { device }: WayVisit,
  { person, isNew, isAgain, identified }: { person: number; isNew: boolean; isAgain: boolean; identified: boolean },
): void {
  const { last } = counts;
  if (last.person !== person) {
    last.person = person;
    last.returned = false;
    last.device = device;
    last.others = undefined;
    counts.devices += 1;
    counts.visitors += 1;
    if (isNew) counts.newVisitors += 1;
    if (identified) counts.identified += 1;
  }
  counts.sessions += 1;
  // Most people have one device.
  if (device !== last.device && !last.others?.has(device)) {
    last.others ??= new Set();
    last.others.add(device);
    counts.devices += 1;
  }
  if (isAgain && !last.returned) counts.returningVisitors += 1;
  last.returned ||= isAgain;
}

function describe({ last: _, ...counts }: ReturnType<typeof nothing>): VisitorFigures {
  return {
    ...counts,
    returningRate: ratio(counts.returningVisitors, counts.visitors),
    sessionsPerVisitor: ratio(counts.sessions, counts.visitors),
  };
}
