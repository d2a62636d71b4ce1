import type { ProblemCode } from '../protocol/index.js';
import { attempt } from './attempt.js';
import type { Problem, ReportProblem } from './contracts.js';

/** Counts problems by code and hands each to `onProblem`; without one, each code is warned about once in the console. */
export function countProblems(onProblem?: (problem: Problem) => void): ReportProblem {
  const counts: { [code in ProblemCode]?: number } = {};
  return (code, detail) => {
    const count = (counts[code] = (counts[code] ?? 0) + 1);
    const problem = { code, count, detail };
    // When the page's own handler fails, there is nobody left to tell.
    if (onProblem) attempt(() => onProblem(problem));
    else if (count < 2 && code !== 'no-consent') console.warn('filrouge', problem);
  };
}
