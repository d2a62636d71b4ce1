import type { AudienceBook, AudienceDimension, SiteDay, Tally } from '../audience/contract.js';
import type { Dated } from './answers/age.js';
import { badQuery } from './bad-query.js';
import { dayOf, resolvePeriod } from './period.js';
import { oneOf } from './query.js';

/** What the audience report can be asked. */
export interface AudienceQuery {
  /** First day (`2026-11-01`); default 29 days before the last one. */
  from?: string | undefined;
  /** Last day, included; default today. */
  to?: string | undefined;
  /** Default `day`. */
  by?: AudienceGroup | undefined;
  /** Write key of the site; default all sites together. */
  site?: string | undefined;
  /** Most rows; default all. */
  limit?: number | undefined;
  /** Count automated traffic too, where it is told apart (`device`); default false. */
  bots?: boolean | undefined;
}

/** How the rows can be grouped. */
export type AudienceGroup = 'day' | 'site' | AudienceDimension;

/** The groups by name. */
export const AUDIENCE_GROUPS: readonly [AudienceGroup, ...AudienceGroup[]] = [
  'day',
  'hour',
  'page',
  'from',
  'campaign',
  'device',
  'site',
];

/** A row: the group's value under its name, e.g. `{ page: '/', views: 120, entries: 40 }`. */
export type AudienceRow = Tally & { [group in AudienceGroup]?: string };

/** The answer. Whole sites and their days and hours are exact; parts are rounded, and small ones are put together. */
export interface AudienceReport extends Dated {
  /** Included, `YYYY-MM-DD`. */
  from: string;
  /** Included. */
  to: string;
  timezone: string;
  by: AudienceGroup;
  rows: AudienceRow[];
  totals: Tally;
  notices: string[];
}

/** Fewer views than this are not shown by themselves, and the others are rounded to it, as in Matomo's CNIL mode. */
const STEP = 10;
const FEW = '(fewer than 10 each)';

/** The page views of the exempt measurement. Throws `BadQuery`. */
export async function reportAudience(
  book: AudienceBook,
  query: AudienceQuery = {},
  now: Date = new Date(),
): Promise<AudienceReport> {
  const by = oneOf('by', query.by, AUDIENCE_GROUPS);
  const { timezone } = book;
  for (const name of ['from', 'to'] as const) {
    const day = query[name];
    if (day !== undefined && !/^\d{4}-\d\d-\d\d$/.test(day)) throw badQuery(name, day, 'a day such as 2026-11-22');
  }
  const period = resolvePeriod({ from: query.from, to: query.to, timezone }, now);
  const from = dayOf(Date.parse(period.from), timezone);
  const to = dayOf(Date.parse(period.to) - 1, timezone);
  const days = (await book.read(from, to)).filter(({ site }) => query.site === undefined || site === query.site);
  const groups = groupBy(days, by);
  if (!query.bots) groups.delete('bot');
  const isWhole = by === 'day' || by === 'hour' || by === 'site';
  const shown = isWhole ? groups : coarse(groups);
  const order = by === 'day' || by === 'hour' ? byName : byViews;
  const rows = [...shown].map(([name, tally]): AudienceRow => ({ [by]: name, ...tally })).sort(order(by));
  const totals = sum(days.flatMap(({ counts }) => [...counts.hour.values()]));
  const head = { from, to, timezone, by, asOf: now.toISOString() };
  return { ...head, rows: rows.slice(0, query.limit), totals, notices: isWhole ? [] : NOTICES };
}

const NOTICES = [
  `Groups of fewer than ${STEP} views are put together, the others rounded to the nearest ${STEP}, so that nobody stands out.`,
];

function groupBy(days: readonly SiteDay[], by: AudienceGroup): Map<string, Tally> {
  const groups = new Map<string, Tally>();
  const add = (name: string, tally: Tally): void => void groups.set(name, sum([groups.get(name) ?? NONE, tally]));
  for (const { day, site, counts } of days) {
    if (by === 'day' || by === 'site') add(by === 'day' ? day : site, sum([...counts.hour.values()]));
    else for (const [name, tally] of counts[by]) add(by === 'from' && !name ? '(direct)' : name, tally);
  }
  return groups;
}

const NONE: Tally = { views: 0, entries: 0 };

/** Rows that say something of many only. */
function coarse(groups: ReadonlyMap<string, Tally>): Map<string, Tally> {
  const few: Tally[] = [];
  const shown = new Map<string, Tally>();
  for (const [name, tally] of groups) {
    if (tally.views < STEP) few.push(tally);
    else shown.set(name, round(tally));
  }
  const rest = round(sum(few));
  if (rest.views) shown.set(FEW, rest);
  return shown;
}

function round({ views, entries }: Tally): Tally {
  return { views: Math.round(views / STEP) * STEP, entries: Math.round(entries / STEP) * STEP };
}

function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce((a, b) => ({ views: a.views + b.views, entries: a.entries + b.entries }), NONE);
}

type Order = (by: AudienceGroup) => (a: AudienceRow, b: AudienceRow) => number;

const byName: Order = (by) => (a, b) => ((a[by] ?? '') < (b[by] ?? '') ? -1 : 1);
const byViews: Order = (by) => (a, b) =>
  Number(a[by] === FEW) - Number(b[by] === FEW) || b.views - a.views || byName(by)(a, b);
