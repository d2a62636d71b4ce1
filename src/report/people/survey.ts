import type { Interval } from '../models/bootstrap.js';
import { numberIn, textIn } from './read/facts.js';
import type { WayEvent } from './read/way.js';

/** Kinds of questions that are known. */
export const SURVEY_KINDS = ['csat', 'nps', 'ces'] as const;

/** One kind of question. */
export type SurveyKind = (typeof SURVEY_KINDS)[number];

/** Usual scales; `scale_min` and `scale_max` of the event say otherwise. */
const SCALES: Record<SurveyKind, Interval> = {
  csat: { low: 1, high: 5 },
  nps: { low: 0, high: 10 },
  ces: { low: 1, high: 7 },
};

/** An answer that counts. */
export interface Answer {
  kind: SurveyKind;
  score: number;
  scale: Interval;
}

/**
 * Why an answer does not count: its question is of no known kind; it has no number; its number is off the scale; its scale
 * has no length, or is one on which its figure is not defined.
 */
export type Fault = 'no-kind' | 'no-number' | 'off-scale' | 'other-scale';

/** The answer of a `Survey Answered`, or why it does not count. */
export function readAnswer({ properties }: WayEvent): Answer | { fault: Fault; kind: SurveyKind | null } {
  const said = textIn(properties, 'kind', 'survey_kind', 'type')?.toLowerCase();
  const kind = SURVEY_KINDS.find((known) => known === said);
  if (!kind) return { fault: 'no-kind', kind: null };
  const score = numberIn(properties, 'score', 'rating', 'value');
  if (score === undefined) return { fault: 'no-number', kind };
  const scale = {
    low: numberIn(properties, 'scale_min') ?? SCALES[kind].low,
    high: numberIn(properties, 'scale_max') ?? SCALES[kind].high,
  };
  if (scale.low >= scale.high || (kind === 'nps' && !isOfNps(scale))) return { fault: 'other-scale', kind };
  return score >= scale.low && score <= scale.high ? { kind, score, scale } : { fault: 'off-scale', kind };
}

/** Promoters are the 9 and 10 of ten (Reichheld 2003); some ask from 1, where detractors have one answer less. */
function isOfNps({ low, high }: Interval): boolean {
  return (low === 0 || low === 1) && high === SCALES.nps.high;
}

/** Answers of one kind that do not count for one reason. */
export interface LeftOut {
  kind: SurveyKind | null;
  why: Fault;
  answers: number;
}

/** Counts the answers that do not count. */
export function createFaultBook() {
  const counts = new Map<string, LeftOut>();
  return {
    add({ fault: why, kind }: { fault: Fault; kind: SurveyKind | null }): void {
      const key = `${kind} ${why}`;
      const known = counts.get(key) ?? { kind, why, answers: 0 };
      counts.set(key, { ...known, answers: known.answers + 1 });
    },
    /** Most answers first. */
    all: (): LeftOut[] =>
      [...counts.values()].sort((a, b) => b.answers - a.answers || (sayLeftOut(a) < sayLeftOut(b) ? -1 : 1)),
  };
}

/** The same for people. Answers may say something about who gave them, so none is cited. */
export function sayLeftOut({ kind, why, answers }: LeftOut): string {
  if (kind === null) return `Answers left out: ${answers}. Their "kind" is none of ${SURVEY_KINDS.join(', ')}.`;
  return `Answers left out of ${kind}: ${answers}. ${reason(kind, why)}`;
}

function reason(kind: SurveyKind, why: Fault): string {
  const scale = `${SCALES[kind].low} to ${SCALES[kind].high}`;
  if (why === 'no-number') return 'There is no number in "score".';
  if (kind === 'nps' && why === 'other-scale') return `They were asked on another scale than ${scale}.`;
  if (why === 'other-scale') return 'Their "scale_min" is not below "scale_max".';
  if (kind !== 'nps') return `They are off the scale (${scale} unless "scale_min" and "scale_max" say otherwise).`;
  return `They are not from ${scale}: if that survey was asked on another scale, its other answers are counted wrongly.`;
}
