import type { Answers, Parameters } from './api.js';
import { askCompared, type Compared, currencyOf } from './compare.js';
import type { Asking, DashboardContext, Round } from './dashboard.js';
import { el } from './dom.js';
import { type Filters, reportParameters } from './filters.js';
import type { Speech } from './language.js';
import type { Draft } from './once.js';
import { notices, panel } from './panel.js';

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
  /** Whether what the report remarks is of interest; default always. */
  remarks?: (answer: Answers[N]) => boolean;
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
  const load = ({ filters: now, signal }: Round, draft: Draft<Compared<Answers[N]>>) => {
    const compare = options.compare === true && now.compare;
    return askCompared(api, report, { parameters: asked(now), filters: { ...now, compare }, signal }, draft);
  };
  const ask = (round: Round) =>
    void box.show<Compared<Answers[N]>>(
      (draft) => load(round, draft),
      ({ now, before }) =>
        el(
          'div',
          {},
          options.render(speech.inCurrency(currencyOf(now)), now, before),
          ...(options.remarks?.(now) === false ? [] : notices(speech, now)),
        ),
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
