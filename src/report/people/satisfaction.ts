import type { Interval } from '../models/bootstrap.js';
import { oneOf } from '../query.js';
import { meanInterval, npsInterval, wilson } from './intervals.js';
import { eventsNamed, grouped, mean, ratio, sourceAt, textIn } from './read/facts.js';
import type { PeopleReport, Scene } from './read/scene.js';
import type { Way, WayEvent } from './read/way.js';
import {
  type Answer,
  createFaultBook,
  type LeftOut,
  readAnswer,
  SURVEY_KINDS,
  type SurveyKind,
  sayLeftOut,
} from './survey.js';

/** How answers can be grouped: by the channel of the answer, its touchpoint, or the survey. */
const SATISFACTION_GROUPS = ['channel', 'touchpoint', 'survey', 'total'] as const;

/** Answers to one kind of question in one group. */
export interface SatisfactionRow {
  [group: string]: unknown;
  /** `csat`, `nps` or `ces`. */
  kind: string;
  n: number;
  /** Mean of the scores, and its 95 % interval (Student). */
  mean: number | null;
  meanInterval: Interval | null;
  /** `csat`: share of the two best answers (of five), and its 95 % interval (Wilson). */
  satisfied: number | null;
  satisfiedInterval: Interval | null;
  /** `nps`: promoters (9, 10) less detractors (0 to 6) in percent, and its 95 % interval (adjusted Wald, Rocks 2016). */
  nps: number | null;
  npsInterval: Interval | null;
  promoters: number | null;
  passives: number | null;
  detractors: number | null;
  /** Under 30 answers the interval says more than the figure. */
  warning: string | null;
}

/** What `satisfaction` answers besides its heading. */
export interface SatisfactionReport {
  by: string;
  rows: SatisfactionRow[];
  /** `csat`, `nps`, `ces` over all groups; null where nobody was asked. `ignored`: answers that do not count. */
  totals: {
    answers: number;
    ignored: number;
    csat: SatisfactionRow | null;
    nps: SatisfactionRow | null;
    ces: SatisfactionRow | null;
  };
  /** The ignored answers by kind and reason. */
  leftOut: LeftOut[];
  notices: string[];
}

/**
 * `Survey Answered` (`kind` csat, nps or ces, `score`, `survey_id`, `touchpoint`) by channel: the one that the event
 * states, else that of the visit in which it was answered.
 */
export const satisfaction: PeopleReport<SatisfactionReport> = {
  name: 'satisfaction',
  plan: () => ({ events: ['Survey Answered'], only: 'asked', days: 30 }),
  tally(scene, query) {
    const by = oneOf('by', query.by, SATISFACTION_GROUPS);
    const groups = grouped((): Answer[] => []);
    const all: Record<SurveyKind, Answer[]> = { csat: [], nps: [], ces: [] };
    const faults = createFaultBook();
    return {
      add(thread) {
        for (const event of eventsNamed(thread, 'Survey Answered')) {
          if (event.ms < scene.from || event.ms >= scene.to) continue;
          const answer = readAnswer(event);
          if ('fault' in answer) {
            faults.add(answer);
            continue;
          }
          all[answer.kind].push(answer);
          groups.of(JSON.stringify([groupOf(by, thread, event, scene), answer.kind])).push(answer);
        }
      },
      result() {
        const rows = groups.entries().map(([key, answers]) => {
          const [name = '', kind = ''] = JSON.parse(key) as string[];
          return { ...(by === 'total' ? {} : { [by]: name }), ...figures(kind, answers) };
        });
        const total = (kind: SurveyKind) => (all[kind].length > 0 ? figures(kind, all[kind]) : null);
        const answers = SURVEY_KINDS.reduce((sum, kind) => sum + all[kind].length, 0);
        const leftOut = faults.all();
        const ignored = leftOut.reduce((sum, one) => sum + one.answers, 0);
        return {
          by,
          rows: rows.sort((a, b) => b.n - a.n),
          totals: { answers, ignored, csat: total('csat'), nps: total('nps'), ces: total('ces') },
          leftOut,
          notices: leftOut.map(sayLeftOut),
        };
      },
    };
  },
};

function groupOf(by: string, thread: Way, event: WayEvent, scene: Scene): string {
  if (by === 'touchpoint') return textIn(event.properties, 'touchpoint') ?? '(not set)';
  if (by === 'survey') return textIn(event.properties, 'survey_id', 'survey') ?? '(not set)';
  const stated = scene.stated(event.channel ?? textIn(event.properties, 'channel'));
  if (stated !== undefined) return stated;
  const source = sourceAt(thread, event.ms, event.visit);
  return source === undefined ? '(not set)' : scene.label(source).label;
}

function figures(kind: string, answers: readonly Answer[]): SatisfactionRow {
  const scores = answers.map(({ score }) => score);
  const n = scores.length;
  const scale = answers.reduce(
    (widest, { scale: { low, high } }) => ({ low: Math.min(widest.low, low), high: Math.max(widest.high, high) }),
    { low: Number.POSITIVE_INFINITY, high: Number.NEGATIVE_INFINITY },
  );
  const isNps = kind === 'nps';
  const promoters = scores.filter((score) => score >= 9).length;
  const detractors = scores.filter((score) => score <= 6).length;
  const passives = n - promoters - detractors;
  // The two best of five, and as much of another scale.
  const satisfied = answers.filter(
    (one) => (one.score - one.scale.low) / (one.scale.high - one.scale.low) >= 0.75,
  ).length;
  return {
    kind,
    n,
    mean: mean(scores),
    meanInterval: meanInterval(scores, scale),
    satisfied: kind === 'csat' ? ratio(satisfied, n) : null,
    satisfiedInterval: kind === 'csat' ? wilson(satisfied, n) : null,
    nps: isNps && n > 0 ? (100 * (promoters - detractors)) / n : null,
    npsInterval: isNps ? npsInterval(promoters, passives, detractors) : null,
    promoters: isNps ? promoters : null,
    passives: isNps ? passives : null,
    detractors: isNps ? detractors : null,
    warning: n < 30 ? `only ${n} ${n === 1 ? 'answer' : 'answers'}` : null,
  };
}
