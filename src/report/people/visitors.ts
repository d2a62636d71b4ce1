import { DIMENSIONS } from '../labels.js';
import { oneOf } from '../query.js';
import { bucketOf, readBucket } from './buckets.js';
import { grouped, ratio } from './facts.js';
import type { PeopleReport } from './scene.js';
import type { Way, WayVisit } from './way.js';

/** How visitors can be grouped. */
export const VISITOR_GROUPS = ['day', 'week', 'month', ...DIMENSIONS, 'total'] as const;

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
    ...{ events: [], without: ['touches'], days: 0 },
    by: DIMENSIONS.find((dimension) => dimension === by) ?? 'channel',
  }),
  tally(scene, query) {
    const by = oneOf('by', query.by, VISITOR_GROUPS);
    const bucket = by === 'day' || by === 'week' || by === 'month' ? readBucket(by) : undefined;
    const groups = grouped(nothing);
    const total = nothing();
    const groupOf = ({ at, sourceKey }: WayVisit) =>
      bucket ? bucketOf(scene.dayOf(at), bucket) : by === 'total' ? '' : scene.label(sourceKey).label;
    return {
      add(thread) {
        const visits = thread.visits.filter(({ at }) => at >= scene.from && at < scene.to);
        if (visits.length === 0) return;
        const isNew = thread.firstSeen >= scene.from;
        const own = grouped((): { visit: WayVisit; again: boolean }[] => []);
        visits.forEach((visit, i) => void own.of(groupOf(visit)).push({ visit, again: !isNew || i > 0 }));
        for (const [name, list] of own.entries()) add(groups.of(name), list, { isNew, thread });
        add(
          total,
          visits.map((visit, i) => ({ visit, again: !isNew || i > 0 })),
          { isNew, thread },
        );
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

const nothing = () => ({ visitors: 0, devices: 0, sessions: 0, newVisitors: 0, returningVisitors: 0, identified: 0 });

function add(
  counts: ReturnType<typeof nothing>,
  list: readonly { visit: WayVisit; again: boolean }[],
  { isNew, thread }: { isNew: boolean; thread: Way },
): void {
  counts.visitors += 1;
  counts.devices += new Set(list.map(({ visit }) => visit.device)).size;
  counts.sessions += list.length;
  if (isNew) counts.newVisitors += 1;
  if (list.some(({ again }) => again)) counts.returningVisitors += 1;
  if (thread.identified) counts.identified += 1;
}

function describe(counts: ReturnType<typeof nothing>): VisitorFigures {
  return {
    ...counts,
    returningRate: ratio(counts.returningVisitors, counts.visitors),
    sessionsPerVisitor: ratio(counts.sessions, counts.visitors),
  };
}
