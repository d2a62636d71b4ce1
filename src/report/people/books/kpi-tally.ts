import type { KpiRow } from '../../../stores/contract.js';
import { type CurrencySum, sumAmounts } from '../../../stores/count-kpis.js';
import { NO_KPIS } from '../../../stores/no-kpis.js';
import { AMOUNT_UNITS, goalEvents } from '../../../stores/order.js';
import { eventsNamed, grouped, sourceAt } from '../read/facts.js';
import type { Scene, Tally } from '../read/scene.js';
import { createTellings, readTelling, type Telling, type Told } from '../read/tellings.js';
import { createUpdates } from '../read/updates.js';
import type { Way, WayEvent, WayVisit } from '../read/way.js';

/** How rows are grouped, as in `KpiQuery`. */
export interface KpiGrouping {
  byDay: boolean;
  byLabel: boolean;
}

const ENGAGED_SECONDS = 10;

/**
 * The key figures of whole people, by the rules of `KpiRow`: what a store counts in its own way for everybody, for those
 * of a segment. Needs all of history, because a conversion belongs to the latest visit before it.
 */
export function createKpiTally(scene: Scene, { byDay, byLabel }: KpiGrouping): Tally<KpiRow[]> {
  const rows = grouped((key) => ({
    ...{ ...emptyRow(key), persons: new Set<number>(), buyers: new Set<number>(), seenDevices: new Set<number>() },
    sums: new Map<string, CurrencySum>(),
  }));
  const tellings = createTellings<Goal>(scene);
  const updates = createUpdates();
  const sessions = new Map<string, { row: string; engaged: boolean; person: number; converted: boolean }>();
  let person = 0;
  const keyOf = (at: number, label: string) => JSON.stringify([byDay ? scene.dayOf(at) : '', byLabel ? label : '']);
  const inPeriod = (at: number) => at >= scene.from && at < scene.to;

  const addVisit = (visit: WayVisit, index: number, visits: Set<string>): void => {
    const at = visit.at;
    if (!inPeriod(at)) return;
    const key = keyOf(at, scene.label(visit.sourceKey).label);
    const row = rows.of(key);
    const engaged = visit.seconds >= ENGAGED_SECONDS || visit.pageViews >= 2;
    row.persons.add(person);
    row.seenDevices.add(visit.device);
    row.sessions += 1;
    row.engagedSessions += engaged ? 1 : 0;
    row.pageViews += visit.pageViews;
    row.durationSeconds += visit.seconds;
    // Only those with a goal can turn out to be converting: the others need not be remembered.
    const name = `${person} ${index}`;
    if (visits.has(name)) sessions.set(name, { row: key, engaged, person, converted: false });
  };
  const goalsOf = (thread: Way): Set<string> => {
    const visits = new Set<string>();
    for (const event of eventsNamed(thread, ...goalEvents(scene.head.goal))) {
      if (event.name !== scene.head.goal) {
        updates.add(event);
        continue;
      }
      const goal = readGoal(scene, thread, event, person);
      if (goal.visit !== undefined) visits.add(goal.visit);
      tellings.add(goal);
    }
    return visits;
  };
  const convert = (goal: Told<Goal>): void => {
    const { at, visit, label } = goal;
    const { value: amount = goal.value, currency = goal.currency } = updates.of(goal);
    const session = visit === undefined ? undefined : sessions.get(visit);
    if (session && !session.converted) {
      session.converted = true;
      const row = rows.of(session.row);
      row.convertingSessions += 1;
      row.buyers.add(session.person);
      row.engagedSessions += session.engaged ? 0 : 1;
    }
    if (!inPeriod(at)) return;
    const { sums, buyers } = rows.of(keyOf(at, label));
    if (!session) buyers.add(goal.person);
    const sum = sums.get(currency) ?? { conversions: 0, units: 0 };
    const units = sum.units + Math.round(amount * AMOUNT_UNITS);
    sums.set(currency, { conversions: sum.conversions + 1, units });
  };
  return {
    add(thread) {
      const visits = goalsOf(thread);
      for (const [index, visit] of thread.visits.entries()) addVisit(visit, index, visits);
      person += 1;
    },
    result() {
      for (const goal of tellings.all()) convert(goal);
      return rows.entries().map(([, { persons, buyers, seenDevices, sums, ...row }]) => ({
        ...row,
        visitors: persons.size,
        convertingVisitors: [...buyers].filter((one) => persons.has(one)).length,
        devices: seenDevices.size,
        ...sumAmounts(sums, { amounts: true }),
      }));
    },
  };
  function emptyRow(key: string): KpiRow {
    const [day = '', label = ''] = JSON.parse(key) as string[];
    return { ...(byDay && { day }), ...(byLabel && { label }), ...NO_KPIS };
  }
}

interface Goal extends Telling {
  person: number;
  /** The visit that it happened in, by person and number. */
  visit: string | undefined;
  label: string;
}

function readGoal(scene: Scene, thread: Way, event: WayEvent, person: number): Goal {
  const { visit } = event;
  const { orderId, at, messageId, interactive, value, unpriced, currency } = readTelling(event);
  return {
    orderId,
    at,
    messageId,
    interactive,
    value,
    unpriced,
    currency,
    person,
    visit: visit === undefined ? undefined : `${person} ${visit}`,
    label: labelOf(scene, thread, event),
  };
}

/** Of the visit, else of the channel that the event states (a till), else of the latest visit before, else direct. */
function labelOf(scene: Scene, thread: Way, { ms, visit, channel }: WayEvent): string {
  if (visit === undefined && scene.stated(channel) !== undefined) {
    const own = thread.touches.find(({ at, kind }) => kind === 'contact' && at === ms);
    if (own) return scene.label(own.sourceKey).label;
  }
  const source = sourceAt(thread, ms, visit);
  return source === undefined ? scene.direct : scene.label(source).label;
}
