import type { ProblemCode } from '../protocol/index.js';
import type { Problem, ReportProblem } from './contracts.js';

/** Counts problems by code and hands each to `onProblem`; without one, each code is warned about once in the console. */
export function countProblems(onProblem?: (problem: Problem) => void): ReportProblem {
  const counts: { [code in ProblemCode]?: number } = {};
  return (code, detail, times = 1) => {
    if (!times) return;
    const before = counts[code] ?? 0;
    const problem = { code, count: (counts[code] = before + times), detail };
    try {
      if (onProblem) onProblem(problem);
      else if (!before && code !== 'no-consent') console.warn('filrouge', problem);
    } catch {
      // The page's own handler failed; there is nobody left to tell.
    }
  };
}
