import type { KpiQuery, KpiRow } from '../stores/contract.js';
import { NO_KPIS } from '../stores/no-kpis.js';
import { goalEvents } from '../stores/order.js';
import { roundTo } from './apportion.js';
import { type CurrencyChoice, chooseCurrency, countCurrencies, type ReportCurrency, readCurrency } from './currency.js';
import { DIMENSIONS, type Dimension, labelSources, unknownLabel } from './labels.js';
import { createKpiTally } from './people/books/kpi-tally.js';
import { ratio } from './people/read/facts.js';
import { headOf, readPeople } from './people/read/scene.js';
import {
  type CommonQuery,
  type CountedQuery,
  oneOf,
  type ReportContext,
  type ReportHead,
  readCommon,
  withLookback,
} from './query.js';

/** How KPI rows can be grouped. */
export const KPI_GROUPS = ['day', ...DIMENSIONS, 'day-channel', 'total'] as const;

/** One way of grouping KPI rows. */
export type KpiGroup = (typeof KPI_GROUPS)[number];

/** `by`: default `day`. */
export interface KpisQuery extends CommonQuery {
  by?: KpiGroup | undefined;
  /** ISO code: amounts of this currency; default the owner's, else that of most conversions. */
  currency?: string | undefined;
}

/** The figures of one row. Rates are null where nothing can be divided by. */
export interface Kpis {
  /** Distinct persons with a session; not additive over rows. */
  visitors: number;
  /** Distinct devices with a session; not additive over rows. */
  devices: number;
  sessions: number;
  /** Sessions of 10 s or more, or with two page views, or with a conversion. */
  engagedSessions: number;
  /** engagedSessions / sessions. */
  engagementRate: number | null;
  pageViews: number;
  /** Sum of (last - first event) / sessions; a session of one page has 0 s. */
  averageSessionSeconds: number | null;
  /** Goal events, each order id once. */
  conversions: number;
  /** Sessions with a conversion. */
  convertingSessions: number;
  /** convertingSessions / sessions. */
  conversionRate: number | null;
  /** Of the visitors, those with a converting session, or with a conversion of this row outside of any session. */
  convertingVisitors: number;
  /** convertingVisitors / visitors: the conversion rate by person. */
  visitorConversionRate: number | null;
  /** Sum of the conversions' total, else revenue, else value, to the cent; of those in `currency` of the report. */
  revenue: number;
  /** revenue / conversions, without those whose amounts are in other currencies. */
  averageOrderValue: number | null;
}

/**
 * A row has the field it is grouped by: `day`, `channel`, `source`, `medium`, `campaign`, `touchpoint`, or `day` and
 * `channel`. Days without a session or conversion have no row.
 */
export type KpisRow = { [group in 'day' | Dimension]?: string } & Kpis;

/** The answer. `totals` are counted over the whole period, not summed: visitors of two days may be the same people. */
export interface KpisReport extends ReportHead {
  report: 'kpis';
  by: KpiGroup;
  /** Of all amounts; null where none names one. Conversions in other currencies count, their amounts do not. */
  currency: string | null;
  /** All that amounts name, most conversions first. */
  currencies: string[];
  rows: KpisRow[];
  totals: Kpis;
  /** Says how much there is in other currencies. */
  notices: string[];
}

/** Key figures by day (default), channel, source, medium, campaign, day and channel, or in all. */
export async function reportKpis(context: ReportContext, query: KpisQuery = {}): Promise<KpisReport> {
  const by = oneOf('by', query.by, KPI_GROUPS);
  const head = readCommon(query, context);
  const { rulesVersion: _, ...counted } = head;
  const { segment } = query;
  const choice = readCurrency(query.currency, context.currency);
  const dimension = by === 'day' || by === 'total' ? undefined : by === 'day-channel' ? 'channel' : by;
  if (segment) {
    const { total, rows } = await ofSegment(context, { head, by, segment, dimension });
    return {
      report: 'kpis',
      by,
      ...headOf(head),
      ...present({ total: total[0], rows, by, dimension }, choice),
    };
  }
  const rows = await askLabelled(context, counted, by, dimension);
  const total = rows.pop();
  return { report: 'kpis', by, ...head, ...present({ total, rows, by, dimension }, choice) };
}

interface Counted {
  total: KpiRow | undefined;
  rows: readonly KpiRow[];
  by: KpiGroup;
  dimension: Dimension | undefined;
}

/** The figures in one currency. */
function present({ total = NO_KPIS, rows, by, dimension }: Counted, choice: CurrencyChoice) {
  const money = currencyOf(total, choice);
  const totals = derive(total, money);
  const named = rows.map((row): KpisRow => {
    const day = row.day === undefined ? {} : { day: row.day };
    return { ...day, ...(dimension && { [dimension]: row.label || unknownLabel(dimension) }), ...derive(row, money) };
  });
  const { currency, currencies, notices } = money;
  return { currency, currencies, rows: by === 'total' ? [totals] : named.sort(order), totals, notices };
}

function currencyOf({ amounts = [] }: KpiRow, choice: CurrencyChoice): ReportCurrency {
  const { add, seen } = countCurrencies();
  // A goal such as a registration has no amount, hence no currency.
  for (const { currency, conversions, revenue } of amounts) if (currency || revenue) add(currency, conversions);
  return chooseCurrency(seen, choice);
}

/** The figures of some people, counted from their threads: a store knows sums, not who is in them. */
async function ofSegment(
  context: ReportContext,
  {
    head,
    by,
    segment,
    dimension,
  }: { head: ReturnType<typeof readCommon>; by: KpiGroup; segment: string; dimension: Dimension | undefined },
): Promise<{ rows: KpiRow[]; total: KpiRow[] }> {
  const plan = { events: goalEvents(head.goal), ...(dimension && { by: dimension }) };
  const grouping = { byDay: by === 'day' || by === 'day-channel', byLabel: dimension !== undefined };
  return readPeople(context, { head, query: { segment }, plan }, (scene) => {
    const [rows, total] = [createKpiTally(scene, grouping), createKpiTally(scene, { byDay: false, byLabel: false })];
    return {
      add(thread) {
        rows.add(thread);
        total.add(thread);
      },
      result: () => ({ rows: rows.result(), total: total.result() }),
    };
  });
}

/** A conversion may belong to a session from before the period, so sources are looked for a little earlier. */
const SESSION_SEARCH_DAYS = 30;

/**
 * The rows, the last of which is all of it. Sources that came between the two questions have no label yet: then both are
 * asked again.
 */
async function askLabelled(
  context: ReportContext,
  counted: CountedQuery,
  by: KpiGroup,
  dimension: Dimension | undefined,
): Promise<KpiRow[]> {
  let query = await storeQuery(context, counted, by, dimension);
  for (let attempt = 1; ; attempt++) {
    const rows = await context.store.kpis(query);
    const missing =
      dimension !== undefined && rows.slice(0, -1).some(({ label, sessions }) => label === '' && sessions > 0);
    if (!missing || attempt === MOST_ATTEMPTS) return rows;
    query = await storeQuery(context, counted, by, dimension);
  }
}

/** New sources can come all the time; then a figure of `Unassigned` is better than no answer. */
const MOST_ATTEMPTS = 4;

async function storeQuery(
  context: ReportContext,
  counted: CountedQuery,
  by: KpiGroup,
  dimension: Dimension | undefined,
): Promise<KpiQuery> {
  if (!dimension) return { ...counted, by: by === 'total' ? 'total' : 'day', amounts: true, total: true };
  const { store } = context;
  const sources = await (store.everySource?.() ?? store.sources(withLookback(counted, SESSION_SEARCH_DAYS)));
  const found = labelSources(sources, context.channels, dimension);
  const labels = new Map([...found].map(([key, { label }]) => [key, label]));
  return { ...counted, by: by === 'day-channel' ? 'day-label' : 'label', labels, amounts: true, total: true };
}

function derive(row: KpiRow, { counts }: ReportCurrency): Kpis {
  const paid = (row.amounts ?? []).filter(({ currency }) => counts(currency));
  const revenue = paid.reduce((sum, one) => sum + one.revenue, 0);
  const orders = paid.reduce((sum, { conversions }) => sum + conversions, 0);
  return {
    visitors: row.visitors,
    devices: row.devices,
    sessions: row.sessions,
    engagedSessions: row.engagedSessions,
    engagementRate: ratio(row.engagedSessions, row.sessions),
    pageViews: row.pageViews,
    averageSessionSeconds: ratio(row.durationSeconds, row.sessions),
    conversions: row.conversions,
    convertingSessions: row.convertingSessions,
    conversionRate: ratio(row.convertingSessions, row.sessions),
    convertingVisitors: row.convertingVisitors,
    visitorConversionRate: ratio(row.convertingVisitors, row.visitors),
    revenue: roundTo(revenue, 2),
    averageOrderValue: ratio(roundTo(revenue, 4), orders),
  };
}

/** Days in their order; labels by sessions, then conversions, then name. */
function order(a: KpisRow, b: KpisRow): number {
  if (a.day !== b.day) return (a.day ?? '') < (b.day ?? '') ? -1 : 1;
  if (a.sessions !== b.sessions) return b.sessions - a.sessions;
  return b.conversions - a.conversions || (label(a) < label(b) ? -1 : 1);
}

function label(row: KpisRow): string {
  return row.channel ?? row.source ?? row.medium ?? row.campaign ?? row.touchpoint ?? '';
}
