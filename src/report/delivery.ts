import type { DeliveryRow } from '../stores/delivery.js';
import type { AgeQuery } from './answers/age.js';
import { roundTo } from './apportion.js';
import { badQuery } from './bad-query.js';
import { oneOf, type ReportContext, readCommon } from './query.js';

/** How the account of deliveries can be grouped. */
export const DELIVERY_GROUPS = ['total', 'day', 'browser'] as const;

/** Which page loads to account for. */
export interface DeliveryReportQuery extends AgeQuery {
  from?: string | undefined;
  to?: string | undefined;
  timezone?: string | undefined;
  /** Default `total`: one row. */
  by?: (typeof DELIVERY_GROUPS)[number] | undefined;
  /** An event that arrives more than this after it happened is late; default 60. */
  lateMinutes?: number | undefined;
}

/** A row with rates; `refused` is the sum over reasons, `reasons` says which. */
export interface DeliveryFigures extends Omit<DeliveryRow, 'refused'> {
  refused: number;
  reasons: { [code: string]: number };
  /** lost / tracked; null when nothing was numbered. */
  lossRate: number | null;
  /** late / received; null when nothing was received. */
  lateRate: number | null;
}

/** What became of the events that browsers numbered. */
export interface DeliveryReport {
  report: 'delivery';
  from: string;
  to: string;
  timezone: string;
  by: (typeof DELIVERY_GROUPS)[number];
  rows: DeliveryFigures[];
  totals: DeliveryFigures;
}

/** Accounts for numbered events: received, refused, lost, late, doubled; see `DeliveryRow`. Throws `BadQuery`. */
export async function reportDelivery(context: ReportContext, query: DeliveryReportQuery = {}): Promise<DeliveryReport> {
  const { lateMinutes } = query;
  const by = oneOf('by', query.by, DELIVERY_GROUPS);
  if (lateMinutes !== undefined && !(lateMinutes > 0))
    throw badQuery('late', lateMinutes, 'a number of minutes above 0');
  const { from, to, timezone } = readCommon(query, context);
  const asked = { from, to, timezone, ...(lateMinutes === undefined ? {} : { lateMinutes }) };
  const [total] = await context.store.delivery({ ...asked, by: 'total' });
  const rows = by === 'total' ? [] : await context.store.delivery({ ...asked, by });
  const totals = figuresOf(total ?? EMPTY);
  return { report: 'delivery', from, to, timezone, by, rows: by === 'total' ? [totals] : rows.map(figuresOf), totals };
}

const EMPTY: DeliveryRow = { pageLoads: 0, tracked: 0, received: 0, lost: 0, refused: {}, late: 0, duplicates: 0 };

function figuresOf({ refused: reasons, ...row }: DeliveryRow): DeliveryFigures {
  return {
    ...row,
    refused: Object.values(reasons).reduce((sum, count) => sum + count, 0),
    reasons,
    lossRate: row.tracked ? roundTo(row.lost / row.tracked, 6) : null,
    lateRate: row.received ? roundTo(row.late / row.received, 6) : null,
  };
}
