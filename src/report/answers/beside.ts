import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Store } from '../../stores/contract.js';
import { BadQuery } from '../bad-query.js';
import type { PeopleQuery } from '../people/read/scene.js';
import type { PeopleAnswers, PeopleReportName } from '../people/reports.js';
import type { Reports, ReportsOptions } from '../reports.js';
import type { Dated } from './age.js';
import type { BesideAnswer, BesideQuestion, NOTHING_ASKED } from './beside-answer.js';

/**
 * Reports that are counted where the store's engine works: millions of people need not come here, and who answers requests
 * here is not held up. Undefined where the engine works here anyway, where the built file is missing (bundlers, tests that run
 * the sources), and for options that cannot be copied.
 */
export function reportsBeside(
  store: Store,
  { now = () => new Date(), ...options }: ReportsOptions,
): Reports | undefined {
  const { beside } = store;
  const module = new URL('./beside-answer.js', import.meta.url);
  if (!beside || module.protocol !== 'file:' || !existsSync(fileURLToPath(module)) || !isCopied(options))
    return undefined;
  // To load what reports are made of takes time there: before somebody waits for it.
  void beside(module, NOTHING).catch(() => {});
  const ask = async <M extends keyof Reports, T = Awaited<ReturnType<Reports[M]>>>(
    method: M,
    ...args: Parameters<Reports[M]>
  ): Promise<T> => {
    const question: BesideQuestion = { method, args, options, now: now().getTime() };
    // What the same method of `Reports` resolved with, copied; or the one error that callers tell apart.
    const answer = (await beside(module, question)) as BesideAnswer;
    if (answer.refused !== undefined) throw new BadQuery(answer.refused);
    return answer.value as T;
  };
  return {
    kpis: (query) => ask('kpis', query),
    attribution: (query) => ask('attribution', query),
    journeys: (query) => ask('journeys', query),
    delivery: (query) => ask('delivery', query),
    consent: (query) => ask('consent', query),
    explain: (orderId, query) => ask('explain', orderId, query),
    // A report of this name has this answer: see the table of `askPeople`.
    people: <N extends PeopleReportName>(name: N, query?: PeopleQuery) =>
      ask<'people', PeopleAnswers[N] & Dated>('people', name, query),
  };
}

/** By its text alone: the module that answers is loaded elsewhere. */
const NOTHING: typeof NOTHING_ASKED = 'nothing';

function isCopied(options: object): boolean {
  try {
    structuredClone(options);
    return true;
  } catch {
    return false;
  }
}
