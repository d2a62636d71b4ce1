import type { Store } from '../../stores/contract.js';
import { BadQuery } from '../bad-query.js';
import { createContext, type Reports, type ReportsOptions, reportsHere } from '../reports.js';

/** A report to be counted beside the store: a method of `Reports`, its arguments, and what reports were made with. */
export interface BesideQuestion {
  method: keyof Reports;
  args: readonly unknown[];
  options: Omit<ReportsOptions, 'now'>;
  /** The time by the asker's clock, in milliseconds. */
  now: number;
}

/** A question that only has the module loaded. */
export const NOTHING_ASKED = 'nothing';

/** What it resolved with, or why the query has no meaning. */
export interface BesideAnswer {
  value?: unknown;
  refused?: string;
}

/** The entry that `Store.beside` calls; other errors than a bad query are thrown. */
export async function answerBeside(store: Store, question: unknown): Promise<BesideAnswer> {
  if (question === NOTHING_ASKED) return {};
  // Written by `reportsBeside` of the same version, where the types were checked.
  const { method, args, options, now } = question as BesideQuestion;
  const reports = reportsHere(createContext(store, { ...options, now: () => new Date(now) }));
  const answer = reports[method] as (...args: readonly unknown[]) => Promise<unknown>;
  try {
    return { value: await answer(...args) };
  } catch (error) {
    if (error instanceof BadQuery) return { refused: error.message };
    throw error;
  }
}
