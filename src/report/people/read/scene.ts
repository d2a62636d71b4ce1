import { setImmediate as nextTurn } from 'node:timers/promises';
import { DAY_MS } from '../../../protocol/time.js';
import type { SourceFacts, ThreadPart } from '../../../stores/contract.js';
import { badQuery } from '../../bad-query.js';
import { type Channels, createChannels } from '../../channels/channels.js';
import { type CurrencyChoice, readCurrency } from '../../currency.js';
import { type Dimension, directLabel, type TouchLabel } from '../../labels.js';
import type { StoreModelSettings } from '../../models/path-models.js';
import { dayOf } from '../../period.js';
import { type CommonQuery, type ReportContext, type ReportHead, readCommon } from '../../query.js';
import { readSegment, type Segment } from './segment.js';
import { createLabels, type Labels } from './store-labels.js';
import { readEvents, readWays, type Way } from './way.js';

/** Takes people one by one, in any order, and gives the figures at the end. What it keeps does not grow with events. */
export interface Tally<T> {
  add(thread: Way): void;
  result(): T;
}

/** What a report over whole people can be asked, besides the period. One that a report does not use is ignored. */
export interface PeopleQuery extends CommonQuery, StoreModelSettings {
  /** How rows are grouped; each report says by what. */
  by?: string | undefined;
  /** Days before something in which touches count; default 30. */
  lookbackDays?: number | undefined;
  /** A span of days that the report explains; each has its own default. */
  windowDays?: number | undefined;
  /** ISO code: count amounts of this currency only. */
  currency?: string | undefined;
  /** Days after the window in which `combinations` values customers; default 180. */
  followDays?: number | undefined;
  /** Names of events in their order, for `funnel`. */
  steps?: readonly string[] | undefined;
  /** Channels or campaigns that should be seen, for `touchpoints`. */
  declared?: readonly string[] | undefined;
  /** Length of a cohort or bucket: `day`, `week`, `month`. */
  bucket?: string | undefined;
  /** An attribution model, for `ads`; its settings are those of `StoreModelSettings`. */
  model?: string | undefined;
  /** Most rows. */
  limit?: number | undefined;
}

/** What a tally must know of the question: the period in milliseconds and the names of things. */
export interface Scene extends CurrencyChoice {
  head: ReportHead;
  from: number;
  to: number;
  /** Until when people were observed: the end of the period, or now where that is in the future. */
  until: number;
  /** The label of a source in the dimension of the report. */
  label(sourceKey: string): TouchLabel;
  /** The label of a source in another dimension. */
  labelBy(sourceKey: string, by: Dimension): TouchLabel;
  /** The label of what nothing led to. */
  direct: string;
  /** The channel that an event states of itself (`store` -> `In-store`); undefined where it states none that is known. */
  stated(channel: string | undefined): string | undefined;
  /** The channel rules alone. */
  channelOf: Channels['channelOf'];
  /** What the rules see of a source. */
  facts(sourceKey: string): SourceFacts | undefined;
  dayOf(ms: number): string;
}

/** Figures of a report over people. */
export interface PeopleFigures {
  rows: readonly object[];
  totals: object;
}

/** What a report needs to be read. */
export interface PeoplePlan {
  events: readonly string[];
  /**
   * Names of events that say themselves which day they are of, and are about nobody (costs, readings): they are handed over
   * before the people, whenever they were sent and whoever is in the segment.
   */
  imports?: readonly string[];
  /** Default `channel`. */
  by?: Dimension;
  /** How many days before the period are enough; all of history when absent. */
  days?: number;
  /** `asked`: people without any of the events change nothing in the report, and need not be read. */
  only?: 'asked';
  /** Of events, only when they were is counted. */
  bare?: boolean;
  /** With `bare`: events of which it is enough to know the first after anything else. */
  firsts?: readonly string[];
  /** What the tally does not look at. */
  without?: readonly ThreadPart[];
  /** Automated traffic, too, whatever was asked: the report tells it apart itself. */
  bots?: boolean;
}

/** A report over whole people: which events it needs and how it counts. */
export interface PeopleReport<T extends PeopleFigures> {
  name: string;
  plan(query: PeopleQuery, head: ReportHead): PeoplePlan;
  tally(scene: Scene, query: PeopleQuery): Tally<T>;
}

/** The answer of a report over people: the heading, then rows and totals. */
export type PeopleAnswer<T> = ReportHead & { report: string; segment: string | null } & T;

/** Runs a report over the people of a store, in one pass. Throws `BadQuery`. */
export async function answerPeople<T extends PeopleFigures>(
  context: ReportContext,
  report: PeopleReport<T>,
  query: PeopleQuery = {},
): Promise<PeopleAnswer<T>> {
  const head = headOf(readCommon(query, context));
  const plan = report.plan(query, head);
  const found = await readPeople(context, { head, query, plan }, (scene) => report.tally(scene, query));
  return { report: report.name, ...head, segment: query.segment || null, ...found };
}

/** Reads everybody who is in the segment, once, into a tally. Throws `BadQuery`. */
export async function readPeople<T>(
  context: ReportContext,
  { head, query, plan }: { head: ReportHead; query: PeopleQuery; plan: PeoplePlan },
  makeTally: (scene: Scene) => Tally<T>,
): Promise<T> {
  const { from, to, goal, bots } = head;
  const segment = readSegment(query.segment);
  // Who met a channel is asked of all of history: who is in a segment must not depend on how far a report looks back.
  const days = segment.looksAt === 'touches' ? undefined : plan.days;
  const earliest = days === undefined ? undefined : earlier(from, days);
  const range = { ...(earliest !== undefined && { from: earliest }), to };
  const labels = createLabels(context, { ...range, goal, bots: true }, plan.by ?? 'channel');
  await labels.learn();
  const scene = createScene(context, { head, query, labels });
  const tally = makeTally(scene);
  const { events, only, bare, firsts } = plan;
  const without = ['names' as const, ...(plan.without ?? [])].filter((part) => part !== segment.looksAt);
  const asked = { ...range, events, goal, bots: bots || plan.bots === true, only, bare, firsts, without };
  let read = 0;
  const { imports = [] } = plan;
  if (imports.length > 0)
    for await (const way of readEvents(context.store, { events: imports, goal, bots: asked.bots })) tally.add(way);
  for await (const { sources, people } of readWays(context.store, asked)) {
    if (labels.misses(sources)) await labels.learn();
    for (const way of people) {
      if (segment.holds(way, scene)) tally.add(way);
      read += 1;
      if (read % PEOPLE_PER_TURN === 0) await nextTurn();
    }
  }
  return tally.result();
}

/** Others have their turn after so many: who answers requests in this thread must not wait for all the people of a report. */
const PEOPLE_PER_TURN = 2000;

/** The heading without what the store is asked besides. */
export function headOf({ from, to, goal, timezone, bots, rulesVersion, asKnownAt }: ReportHead): ReportHead {
  return { goal, from, to, timezone, bots, rulesVersion, ...(asKnownAt !== undefined && { asKnownAt }) };
}

/** Days from a parameter, or its default. Throws `BadQuery`. */
export function readDays(parameter: string, days: number | undefined, usual: number): number {
  if (days === undefined) return usual;
  if (!Number.isFinite(days) || days <= 0 || days > 3660)
    throw badQuery(parameter, days, 'a number of days from 1 to 3660');
  return days;
}

/** What tallies know besides the people. */
function createScene(
  context: Pick<ReportContext, 'channels' | 'now' | 'currency'>,
  { head, query, labels }: { head: ReportHead; query: PeopleQuery; labels: Labels },
): Scene {
  const to = Date.parse(head.to);
  return {
    head,
    from: Date.parse(head.from),
    to,
    until: Math.min(to, context.now().getTime()),
    label: (key) => labels.of(key, labels.by),
    labelBy: labels.of,
    direct: directLabel(context.channels, labels.by),
    stated: createStated(),
    channelOf: context.channels.channelOf,
    facts: labels.facts,
    ...readCurrency(query.currency, context.currency),
    dayOf: rememberDays(head.timezone),
  };
}

function createStated(): Scene['stated'] {
  // Also where the site groups its visits as Google does: that a till is a till does not depend on it.
  const extended = createChannels('extended');
  const known = new Map<string, string | undefined>();
  return (channel) => {
    if (channel === undefined) return undefined;
    if (!known.has(channel)) {
      const found = extended.channelOf({ context: channel.toLowerCase() }).channel;
      known.set(channel, found === 'Unassigned' || found === 'Direct' ? undefined : found);
    }
    return known.get(channel);
  };
}

/** Formatting a time in a zone is slow and many times are of the same hour. */
function rememberDays(timezone: string): (ms: number) => string {
  const known = new Map<number, string>();
  return (ms) => {
    // All zones are off by multiples of a quarter of an hour, so no day begins within one.
    const quarter = Math.floor(ms / 900_000);
    let day = known.get(quarter);
    if (day === undefined) known.set(quarter, (day = dayOf(ms, timezone)));
    return day;
  };
}

function earlier(from: string, days: number): string {
  return new Date(Date.parse(from) - days * DAY_MS).toISOString();
}

/** Who is counted; see `readSegment`. */
export type { Segment };
