import { HOUR_MS } from '../../protocol/time.js';
import { ORDER } from '../../stores/order.js';
import { SHOP_STEPS, STRETCH_MS } from '../../stores/thread-firsts.js';
import { badQuery } from '../bad-query.js';
import { DIMENSIONS } from '../labels.js';
import { oneOf } from '../query.js';
import { type Counted, createFunnelBooks } from './books/funnel-books.js';
import { median, ratio, sourceAt } from './read/facts.js';
import { type PeopleReport, readDays, type Scene } from './read/scene.js';
import type { Way } from './read/way.js';

/** Steps when none are named: those of a shop. `Visit` is any session. */
export const USUAL_STEPS = ['Visit', ...SHOP_STEPS, ORDER] as const;

/** A step that is no event: any session. */
const VISIT = 'Visit';

/** How funnels can be grouped. */
const FUNNEL_GROUPS = ['total', ...DIMENSIONS] as const;

/** One step of one group; with the channel in which the first step was made, unless by `total`. */
export type FunnelRow = FunnelStep & { [dimension: string]: string | number | null };

/** What is counted of a step. */
export type FunnelStep = {
  /** From 1. */
  step: number;
  event: string;
  people: number;
  /** Of those at the first step, and of those at the step before. */
  fromFirst: number | null;
  fromPrevious: number | null;
  /** People of the step before who did not come here, and their share. */
  dropped: number;
  dropOff: number | null;
  /** From the step before. */
  medianHours: number | null;
};

/** What `funnel` answers besides its heading. */
export interface FunnelReport {
  by: string;
  steps: string[];
  windowDays: number;
  rows: FunnelRow[];
  totals: { people: number; completed: number; completion: number | null };
  /** Where the share of people who go on is smallest, first; over all groups. */
  worst: { step: number; event: string; dropOff: number | null; dropped: number }[];
  /** Steps whose event nobody sent in the period: no one can come past them. Of the usual steps they are left out. */
  unseen: string[];
  notices: string[];
}

/**
 * How many people go from step to step, in order, within `window` days (30) of the first step, which lies in the period.
 * Each person counts once, with the run of steps that got furthest. Of the usual steps, those that nobody sent are left
 * out. Other events between the steps do not matter.
 */
export const funnel: PeopleReport<FunnelReport> = {
  name: 'funnel',
  plan: ({ by, steps }, { from }) => {
    const group = oneOf('by', by, FUNNEL_GROUPS);
    const named = readSteps(steps);
    return {
      events: named.filter((step) => step !== VISIT),
      bare: true,
      // A step is made the first time after the one before: only of where runs begin, and of what is to be done twice, more
      // matter; and where the period begins within a stretch, what came behind that.
      ...(Date.parse(from) % STRETCH_MS === 0 && { firsts: named.slice(1).filter((step) => isOnce(step, named)) }),
      without: ['facts', 'touches', 'visit-details'],
      ...(named[0] !== VISIT && { only: 'asked' }),
      by: group === 'total' ? 'channel' : group,
      days: 0,
    };
  },
  tally(scene, query) {
    const by = oneOf('by', query.by, FUNNEL_GROUPS);
    const steps = readSteps(query.steps);
    const windowDays = readDays('window', query.windowDays, 30);
    const isUsual = steps === USUAL_STEPS;
    // A shop that does not send one of the usual steps would lose everybody there.
    const books = createFunnelBooks(steps, (step) => !isUsual || step === VISIT);
    const unseen = new Set(steps.filter((step) => step !== VISIT));
    return {
      add(thread) {
        for (const step of unseen) {
          if (thread.eventTime(thread.eventFrom(step, scene.from, 0)) === undefined) continue;
          unseen.delete(step);
          books.see(step);
        }
        books.add((some) => {
          const times = furthest(thread, some, { scene, windowMs: windowDays * 24 * HOUR_MS });
          const [first] = times;
          const source = by === 'total' || first === undefined ? undefined : sourceAt(thread, first);
          return {
            times,
            group: by === 'total' ? undefined : source === undefined ? scene.direct : scene.label(source).label,
          };
        });
      },
      result() {
        const { steps: made, book } = books.result();
        const isShorter = isUsual && made.length > 1;
        const shown = isShorter ? made : steps;
        const missing = isShorter ? [] : [...unseen];
        const rows = book.groups
          .entries()
          .flatMap(([name, counted]) => rowsOf(shown, counted).map((row) => ({ [by]: name, ...row })));
        const all = rowsOf(shown, book.whole);
        const people = book.whole[0]?.people ?? 0;
        const completed = book.whole[shown.length - 1]?.people ?? 0;
        return {
          by,
          steps: [...shown],
          windowDays,
          rows: by === 'total' ? all : rows,
          totals: { people, completed, completion: ratio(completed, people) },
          worst: all
            .slice(1)
            .map(({ step, event, dropOff, dropped }) => ({ step, event, dropOff, dropped }))
            .sort((a, b) => (b.dropOff ?? -1) - (a.dropOff ?? -1)),
          unseen: missing,
          notices: missing.map((step) => `Nobody sent "${step}" in this period, so nobody can come past that step.`),
        };
      },
    };
  },
};

function isOnce(step: string, steps: readonly string[]): boolean {
  return step !== VISIT && steps.indexOf(step) === steps.lastIndexOf(step);
}

function rowsOf(steps: readonly string[], counted: readonly Counted[]): FunnelStep[] {
  return steps.map((event, i) => {
    const { people, hours } = counted[i] ?? { people: 0, hours: [] };
    const before = i === 0 ? people : (counted[i - 1]?.people ?? 0);
    return {
      step: i + 1,
      event,
      people,
      fromFirst: ratio(people, counted[0]?.people ?? 0),
      fromPrevious: i === 0 ? null : ratio(people, before),
      dropped: before - people,
      dropOff: i === 0 ? null : ratio(before - people, before),
      medianHours: median(hours),
    };
  });
}

/** The times of the steps of the run that got furthest; of several the earliest. */
function furthest(
  way: Way,
  steps: readonly string[],
  { scene, windowMs }: { scene: Scene; windowMs: number },
): number[] {
  const [first = ''] = steps;
  const starts = first === VISIT ? way.visitTimes() : way.timesOf(first);
  // A run that begins later comes to no step sooner, so nobody need look back behind what was found for the run before.
  const places = steps.map(() => 0);
  let best: number[] = [];
  for (const start of starts) {
    if (start < scene.from || start >= scene.to) continue;
    const run = [start];
    for (let i = 1; i < steps.length; i += 1) {
      const step = steps[i] ?? '';
      // A step that is named twice in a row is something that was done twice.
      const least = (run[i - 1] ?? start) + (step === steps[i - 1] ? 1 : 0);
      const place = step === VISIT ? way.visitFrom(least, places[i] ?? 0) : way.eventFrom(step, least, places[i] ?? 0);
      places[i] = place;
      const at = step === VISIT ? way.visitTime(place) : way.eventTime(place);
      if (at === undefined || at - start > windowMs) break;
      run.push(at);
    }
    if (run.length > best.length) best = run;
    if (best.length === steps.length) break;
  }
  return best;
}

function readSteps(steps: readonly string[] | undefined): readonly string[] {
  const named = steps?.map((step) => step.trim()).filter(Boolean) ?? [];
  if (steps === undefined || named.length === 0) return USUAL_STEPS;
  if (named.length < 2 || named.length > 12)
    throw badQuery('steps', steps, '2 to 12 names of events with commas between; Visit is any session');
  return named;
}
