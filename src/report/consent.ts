import type { ConsentAccount, ConsentFigures, ConsentRow } from '../stores/consent.js';
import type { AgeQuery } from './answers/age.js';
import { oneOf, type ReportContext, readCommon } from './query.js';

/** How the account of choices can be grouped. */
export const CONSENT_GROUPS = ['total', 'day', 'platform', 'version', 'purpose'] as const;

/** Which choices to account for, by when they were made. */
export interface ConsentReportQuery extends AgeQuery {
  from?: string | undefined;
  to?: string | undefined;
  timezone?: string | undefined;
  /** Default `total`: one row. */
  by?: (typeof CONSENT_GROUPS)[number] | undefined;
}

/** What was chosen, and whether what is stored came after a choice. */
export interface ConsentTotals extends ConsentFigures, Omit<ConsentAccount, 'rows' | 'total'> {
  /** Stored events of devices without any choice on record: servers, tills, imports. */
  unrecorded: number;
}

/** The consent ledger of everybody. */
export interface ConsentReport {
  report: 'consent';
  from: string;
  to: string;
  timezone: string;
  by: (typeof CONSENT_GROUPS)[number];
  rows: (ConsentRow | ConsentTotals)[];
  totals: ConsentTotals;
}

/** Accounts for choices and for the events beside them; see `ConsentAccount`. Throws `BadQuery`. */
export async function reportConsent(context: ReportContext, query: ConsentReportQuery = {}): Promise<ConsentReport> {
  const by = oneOf('by', query.by, CONSENT_GROUPS);
  const { from, to, timezone } = readCommon(query, context);
  const { rows, total, events, recorded, early, ...actions } = await context.store.consent({ from, to, timezone, by });
  const unrecorded = events - recorded - early;
  const totals: ConsentTotals = { ...total, ...actions, events, recorded, early, unrecorded };
  return { report: 'consent', from, to, timezone, by, rows: by === 'total' ? [totals] : rows, totals };
}
