import type { ProblemCode } from '../protocol/index.js';
import type { ReportProblem } from './contracts.js';

/** Runs what may throw (forbidden storage, code of the page). Then it answers undefined, and reports if it is told where. */
export function attempt<T>(
  work: () => T,
  problem?: ReportProblem,
  code: ProblemCode = 'storage-failed',
): T | undefined {
  try {
    return work();
  } catch (error) {
    problem?.(code, error);
    return undefined;
  }
}
