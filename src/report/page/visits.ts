import type { KpisReport } from '../kpis.js';
import { channelTable } from './channels.js';
import { type DailyMetric, daily } from './daily.js';
import type { Asking, DashboardContext, Round } from './dashboard.js';
import { el } from './dom.js';
import { emptyState } from './empty.js';
import { daysBetween, periodBefore, presetPeriod, reportParameters } from './filters.js';
import { once } from './once.js';
import { choice, panel } from './panel.js';
import { tiles } from './tiles.js';

/** The key figures, and under them what to do when there are none. */
export function keyFiguresPanel({ api, speech, filters, apply }: DashboardContext): Asking {
  const { words } = speech;
  const box = panel(speech, {
    id: 'kpis',
    title: words.tiles.title,
    about: words.tiles.about,
    download: () => api.download('kpis', { ...reportParameters(filters()), by: 'day' }),
  });
  const empty = el('div');
  const load = async ({ filters: { compare, ...period }, parameters, signal, answered }: Round) => {
    const before = { ...parameters, ...periodBefore(period), by: 'total' };
    const [now, then] = await Promise.all([
      answered(api.report('kpis', { ...parameters, by: 'day' }, signal)),
      compare ? api.report('kpis', before, signal) : undefined,
    ]);
    return { now, then };
  };
  const ask = (round: Round) =>
    void box.show(
      () => load(round),
      ({ now, then }) => {
        const { preset, from, to, timezone } = round.filters;
        const longer = () => apply({ preset: 90, ...presetPeriod(90, new Date(), timezone) });
        const nothing = now.totals.sessions === 0 && now.totals.conversions === 0;
        const canWiden = preset !== 90 && preset !== 'custom';
        empty.replaceChildren(...(nothing ? [emptyState(speech, canWiden ? longer : undefined)] : []));
        return tiles(speech, daysBetween(from, to), now, then);
      },
    );
  return { root: el('div', { class: 'group' }, box.root, empty), ask };
}

/** The course of a figure over the days, by channel. */
export function daysPanel({ api, speech, filters }: DashboardContext): Asking {
  const { words } = speech;
  let metric: DailyMetric = 'sessions';
  let latest: { report: () => Promise<KpisReport>; days: string[] } | undefined;
  const show = () => {
    if (!latest) return;
    const { report, days } = latest;
    void box.show(report, (found) => daily(speech, days, found, metric));
  };
  const metrics = (['sessions', 'conversions', 'revenue'] as const).map((value) => ({
    value,
    text: words.metrics[value],
  }));
  const box = panel(speech, {
    id: 'daily',
    title: words.daily.title,
    about: words.daily.about,
    download: () => api.download('kpis', { ...reportParameters(filters()), by: 'day-channel' }),
    controls: [
      choice<DailyMetric>(words.metric, metrics, metric, (chosen) => {
        metric = chosen;
        show();
      }),
    ],
  });
  const ask = ({ filters: { from, to }, parameters, signal, answered }: Round) => {
    const report = once(() => answered(api.report('kpis', { ...parameters, by: 'day-channel' }, signal)));
    latest = { report, days: daysBetween(from, to) };
    show();
  };
  return { root: box.root, ask };
}

/** Key figures by channel. */
export function channelsPanel({ api, speech, filters }: DashboardContext): Asking {
  const { words } = speech;
  const box = panel(speech, {
    id: 'channels',
    title: words.channels.title,
    about: words.channels.about,
    download: () => api.download('kpis', { ...reportParameters(filters()), by: 'channel' }),
  });
  const ask = ({ parameters, signal, answered }: Round) =>
    void box.show(
      () => answered(api.report('kpis', { ...parameters, by: 'channel' }, signal)),
      (report) => channelTable(speech, report),
    );
  return { root: box.root, ask };
}
