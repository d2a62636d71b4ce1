import type { Answers } from '../api.js';
import { askCompared, type Compared, currencyOf } from '../compare.js';
import type { Asking, DashboardContext, Round } from '../dashboard.js';
import { el } from '../dom.js';
import { type Filters, reportParameters } from '../filters.js';
import { once } from '../once.js';
import { choice, modelChoice, notices, panel, pick } from '../panel.js';
import { attribution, type CreditMetric } from './attribution.js';
import { journeys } from './journeys.js';
import { singleModel } from './single-model.js';

/** The attribution models side by side, with its own choices. */
export function attributionPanel({ api, speech, filters, apply, remember }: DashboardContext): Asking {
  const { words } = speech;
  let round: Round | undefined;
  let report: ReturnType<typeof once<Compared<Answers['attribution']>>> | undefined;
  const asked = () => {
    const { by, lookback, model } = filters();
    // Resampling takes as long again for each round; models over many paths take longer.
    return { ...reportParameters(filters()), by, lookback, ...(model && { model, bootstrap: 50 }) };
  };
  const load = ({ signal }: Round) => {
    const question = { parameters: asked(), filters: filters(), signal };
    report = once((draft) => askCompared(api, 'attribution', question, draft));
    show();
  };
  const show = () => {
    if (!report) return;
    void box.show(report, ({ now, before }) => {
      const spoken = speech.inCurrency(currencyOf(now));
      const drawn = now.model
        ? singleModel(spoken, now, before)
        : attribution(spoken, now, { metric: filters().credit, before });
      return el('div', {}, drawn, ...notices(speech, now));
    });
  };
  const metrics = (['conversions', 'revenue'] as const).map((value) => ({ value, text: words.metrics[value] }));
  const dimensions = (['channel', 'source', 'medium', 'campaign', 'touchpoint'] as const).map((value) => ({
    value,
    text: words.dimensions[value],
  }));
  const lookbacks = [7, 30, 90].map((value) => ({ value, text: words.attribution.days(value) }));
  const box = panel(speech, {
    id: 'attribution',
    title: words.attribution.title,
    about: words.attribution.about,
    download: () => api.download('attribution', asked()),
    controls: [
      choice<CreditMetric>(words.metric, metrics, filters().credit, (credit) => {
        remember({ credit });
        show();
      }),
      choice<Filters['by']>(words.attribution.by, dimensions, filters().by, (by) => {
        remember({ by });
        if (round) load(round);
      }),
      pick(words.people.model, modelChoice(speech), filters().model, (model) => {
        remember({ model });
        if (round) load(round);
      }),
      // The journeys look back as far, so this is everybody's business.
      el(
        'span',
        { class: 'named' },
        el('span', { 'aria-hidden': 'true' }, words.attribution.lookback),
        choice<number>(words.attribution.lookback, lookbacks, filters().lookback, (lookback) => apply({ lookback })),
      ),
    ],
  });
  const ask = (next: Round) => {
    round = next;
    load(next);
  };
  return { root: box.root, ask };
}

/** The ways to the goal. */
export function journeysPanel({ api, speech, filters, follow }: DashboardContext): Asking {
  const { words } = speech;
  const box = panel(speech, {
    id: 'journeys',
    title: words.journeys.title,
    about: words.journeys.about,
    download: () =>
      api.download('journeys', { ...reportParameters(filters()), lookback: filters().lookback, limit: 1000 }),
  });
  const ask = ({ parameters, filters: { lookback }, signal, failed }: Round) => {
    // Not compared: the diagram and the list would have to be two, and "Attribution" has the change of each channel.
    const load = once<Answers['journeys']>((draft) =>
      api.report('journeys', { ...parameters, lookback, limit: LISTED, examples: true }, signal, draft),
    );
    load().catch(failed);
    void box.show(load, (report) =>
      el('div', {}, journeys(speech.inCurrency(currencyOf(report)), report, follow), ...notices(speech, report)),
    );
  };
  return { root: box.root, ask };
}

/** Paths that are listed; the CSV has up to a thousand. */
const LISTED = 15;
