import type { KpisReport } from '../kpis.js';
import type { Api, Parameters } from './api.js';
import { attribution, type CreditMetric } from './attribution.js';
import { channelTable } from './channels.js';
import { type DailyMetric, daily } from './daily.js';
import { el } from './dom.js';
import { emptyState } from './empty.js';
import { daysBetween, type Filters, periodBefore, reportParameters } from './filters.js';
import { journeys } from './journeys.js';
import type { Speech } from './language.js';
import { live } from './live.js';
import { choice, panel } from './panel.js';
import { tiles } from './tiles.js';

/** What the panels need. */
export interface DashboardContext {
  api: Api;
  speech: Speech;
  filters: Filters;
  apply(change: Partial<Filters>): void;
  showLonger(): void;
}

/** All panels for one choice of filters. `stop` ends what is still asking. */
export function dashboard(context: DashboardContext): { root: HTMLElement; stop(): void } {
  const { api, speech, filters } = context;
  const controller = new AbortController();
  const ask: Ask = { ...context, parameters: reportParameters(filters), signal: controller.signal };
  const empty = el('div');
  const panels = [
    keyFigures(ask, empty),
    daysPanel(ask),
    channelsPanel(ask),
    attributionPanel(ask),
    journeysPanel(ask),
  ];
  const latest = live(speech, api);
  const [figures, ...rest] = panels;
  const root = el('div', { class: 'panels' }, figures, empty, ...rest, latest.panel.root, footer(context));
  return {
    root,
    stop: () => {
      controller.abort();
      latest.stop();
    },
  };
}

interface Ask extends DashboardContext {
  parameters: Parameters;
  signal: AbortSignal;
}

function keyFigures({ api, speech, filters, parameters, signal, showLonger }: Ask, empty: HTMLElement): HTMLElement {
  const { words } = speech;
  const title = words.tiles.title;
  const csv = () => api.download('kpis', { ...parameters, by: 'day' });
  const box = panel(speech, { id: 'kpis', title, about: words.daily.about, download: csv });
  const load = async () => {
    const now = api.report('kpis', { ...parameters, by: 'day' }, signal);
    const before = filters.compare
      ? api.report('kpis', { ...parameters, ...periodBefore(filters), by: 'total' }, signal)
      : Promise.resolve(undefined);
    return { now: await now, before: await before };
  };
  void box.show(load, ({ now, before }) => {
    const nothing = now.totals.sessions === 0 && now.totals.conversions === 0;
    const longer = filters.preset === 90 || filters.preset === 'custom' ? undefined : showLonger;
    empty.replaceChildren(...(nothing ? [emptyState(speech, longer)] : []));
    return tiles(speech, daysBetween(filters.from, filters.to), now, before);
  });
  return box.root;
}

function daysPanel({ api, speech, filters, parameters, signal }: Ask): HTMLElement {
  const { words } = speech;
  let metric: DailyMetric = 'sessions';
  let answer: Promise<KpisReport> | undefined;
  const load = () => (answer ??= api.report('kpis', { ...parameters, by: 'day-channel' }, signal));
  const show = () =>
    void box.show(load, (report) => daily(speech, daysBetween(filters.from, filters.to), report, metric));
  const metrics = (['sessions', 'conversions', 'revenue'] as const).map((value) => ({
    value,
    text: words.metrics[value],
  }));
  const box = panel(speech, {
    id: 'daily',
    title: words.daily.title,
    about: words.daily.about,
    download: () => api.download('kpis', { ...parameters, by: 'day-channel' }),
    controls: [
      choice<DailyMetric>(words.metric, metrics, metric, (chosen) => {
        metric = chosen;
        show();
      }),
    ],
  });
  show();
  return box.root;
}

function channelsPanel({ api, speech, parameters, signal }: Ask): HTMLElement {
  const { words } = speech;
  const box = panel(speech, {
    id: 'channels',
    title: words.channels.title,
    about: words.channels.about,
    download: () => api.download('kpis', { ...parameters, by: 'channel' }),
  });
  void box.show(
    () => api.report('kpis', { ...parameters, by: 'channel' }, signal),
    (report) => channelTable(speech, report),
  );
  return box.root;
}

function attributionPanel({ api, speech, filters, parameters, signal, apply }: Ask): HTMLElement {
  const { words } = speech;
  let metric: CreditMetric = 'conversions';
  let { by, lookback } = filters;
  const asked = () => ({ ...parameters, by, lookback });
  const show = () =>
    void box.show(
      () => api.report('attribution', asked(), signal),
      (report) => attribution(speech, report, metric),
    );
  const dimensions = (['channel', 'source', 'medium', 'campaign'] as const).map((value) => ({
    value,
    text: words.dimensions[value],
  }));
  const metrics = (['conversions', 'revenue'] as const).map((value) => ({ value, text: words.metrics[value] }));
  const lookbacks = [7, 30, 90].map((value) => ({ value, text: words.attribution.days(value) }));
  const box = panel(speech, {
    id: 'attribution',
    title: words.attribution.title,
    about: words.attribution.about,
    download: () => api.download('attribution', asked()),
    controls: [
      choice<CreditMetric>(words.metric, metrics, metric, (chosen) => {
        metric = chosen;
        show();
      }),
      choice<Filters['by']>(words.attribution.by, dimensions, by, (chosen) => {
        by = chosen;
        show();
      }),
      choice<number>(words.attribution.lookback, lookbacks, lookback, (chosen) => {
        lookback = chosen;
        // The journeys look back as far.
        apply({ lookback: chosen, by });
      }),
    ],
  });
  show();
  return box.root;
}

function journeysPanel({ api, speech, filters, parameters, signal }: Ask): HTMLElement {
  const { words } = speech;
  const asked = { ...parameters, lookback: filters.lookback, limit: 15 };
  const box = panel(speech, {
    id: 'journeys',
    title: words.journeys.title,
    about: words.journeys.about,
    download: () => api.download('journeys', { ...asked, limit: 1000 }),
  });
  void box.show(
    () => api.report('journeys', asked, signal),
    (report) => journeys(speech, report),
  );
  return box.root;
}

function footer({ speech, filters }: DashboardContext): HTMLElement {
  return el('footer', {}, el('p', {}, speech.words.footer(filters.timezone)));
}
