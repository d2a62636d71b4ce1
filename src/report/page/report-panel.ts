import type { Answers, Parameters } from './api.js';
import type { Asking, DashboardContext, Round } from './dashboard.js';
import { el } from './dom.js';
import { type Filters, periodBefore, reportParameters } from './filters.js';
import type { Speech } from './language.js';
import { panel } from './panel.js';

/** A panel that shows one report. */
export interface ReportPanel<N extends keyof Answers> {
  id: string;
  report: N;
  title: string;
  about: string;
  /** Parameters besides those of the filters. */
  parameters?: (filters: Filters) => Parameters;
  /** Asks for the period before, too, where the reader compares. */
  compare?: boolean;
  controls?: Node[];
  render(speech: Speech, answer: Answers[N], before: Answers[N] | undefined): Node;
}

/** Makes the panel of a report. It asks when it comes into sight: reports over whole people take longer than sums. */
export function reportPanel<N extends keyof Answers>(context: DashboardContext, options: ReportPanel<N>): Asking {
  const { api, speech, filters } = context;
  const { id, report, title, about, controls } = options;
  const asked = (now: Filters): Parameters => ({ ...reportParameters(now), ...options.parameters?.(now) });
  const box = panel(speech, {
    ...{ id, title, about },
    download: () => api.download(report, asked(filters())),
    ...(controls && { controls }),
  });
  const load = async ({ filters: now, answered, signal }: Round) => {
    const parameters = asked(now);
    const [answer, before] = await Promise.all([
      answered(api.report(report, parameters, signal)),
      options.compare && now.compare ? api.report(report, { ...parameters, ...periodBefore(now) }, signal) : undefined,
    ]);
    return { answer, before };
  };
  const ask = (round: Round) =>
    void box.show(
      () => load(round),
      ({ answer, before }) => el('div', {}, options.render(speech, answer, before), ...notices(speech, answer)),
    );
  return whenSeen({ root: box.root, ask });
}

/** Puts a question off until the panel is in sight, or is about to be printed. */
export function whenSeen({ root, ask }: Asking & { root: HTMLElement }): Asking {
  let waiting: Round | undefined;
  let isSeen = false;
  const go = () => {
    const round = waiting;
    waiting = undefined;
    if (round && !round.signal.aborted) ask(round);
  };
  const observer = new IntersectionObserver(
    (entries) => {
      isSeen = entries.at(-1)?.isIntersecting ?? false;
      if (isSeen) go();
    },
    { rootMargin: '300px' },
  );
  observer.observe(root);
  window.addEventListener('beforeprint', go);
  return {
    root,
    ask: (round) => {
      waiting = round;
      if (isSeen) go();
    },
  };
}

function notices(speech: Speech, answer: object): Node[] {
  const list = 'notices' in answer && Array.isArray(answer.notices) ? answer.notices : [];
  return list.map((notice) =>
    el('p', { class: 'note' }, speech.words.people.note, speech.words.people.notice(String(notice))),
  );
}
