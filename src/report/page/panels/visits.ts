import type { KpisReport } from '../../kpis.js';
import { dayOf } from '../../period.js';
import type { Answers } from '../api.js';
import { askCompared, type Compared } from '../compare.js';
import type { Asking, DashboardContext, Round } from '../dashboard.js';
import { el } from '../dom.js';
import { daysBetween, reportParameters } from '../filters.js';
import type { Speech } from '../language.js';
import { type Draft, once } from '../once.js';
import { choice, notices, panel } from '../panel.js';
import { channelTable } from './channels.js';
import { type DailyMetric, daily } from './daily.js';
import { emptyState } from './empty.js';
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
  const currencies = el('div');
  const chosen = createCurrencyChoice(speech, currencies, (currency) => apply({ currency }));
  const load = async ({ filters: asked, parameters, signal }: Round, draft: Draft<Compared<Answers['kpis']>>) => {
    const question = { parameters: { ...parameters, by: 'day' }, filters: asked, signal };
    try {
      return await askCompared(api, 'kpis', question, draft);
    } catch (error) {
      // What is not known is not nothing.
      if (!signal.aborted) empty.replaceChildren();
      throw error;
    }
  };
  const ask = (round: Round) =>
    void box.show<Compared<Answers['kpis']>>(
      (draft) => load(round, draft),
      ({ now, before }) => {
        const { preset, from, to } = round.filters;
        const longer = () => apply({ preset: 90 });
        const nothing = now.totals.sessions === 0 && now.totals.conversions === 0;
        const canWiden = preset !== 90 && preset !== 'custom';
        empty.replaceChildren(...(nothing ? [emptyState(speech, canWiden ? longer : undefined)] : []));
        chosen(now);
        const spoken = speech.inCurrency(now.currency);
        const isOpen = to >= dayOf(Date.now(), now.timezone);
        const note = before && before.totals.sessions > 0 && isOpen && el('p', { class: 'note' }, words.tiles.open);
        return el('div', {}, tiles(spoken, daysBetween(from, to), now, before), note, ...notices(speech, now));
      },
    );
  return { root: el('div', { class: 'group' }, box.root, empty, currencies), ask };
}

/** Keeps a choice of currencies in a box, where there are several; the same buttons while the list is the same. */
function createCurrencyChoice({ words }: Speech, box: HTMLElement, choose: (currency: string) => void) {
  let shown = '';
  return ({ currency, currencies }: KpisReport): void => {
    const list = [...new Set([...currencies, ...(currency ? [currency] : [])])].sort();
    const state = list.join();
    if (state === shown) return;
    shown = state;
    const values = list.map((value) => ({ value, text: value }));
    const made = el(
      'p',
      { class: 'currencies' },
      words.currency,
      ' ',
      choice(words.currency, values, currency ?? '', choose),
    );
    box.replaceChildren(...(list.length > 1 ? [made] : []));
  };
}

/** The course of a figure over the days, by channel. */
export function daysPanel({ api, speech, filters, remember }: DashboardContext): Asking {
  const { words } = speech;
  let latest: { report: (draft: Draft<Answers['kpis']>) => Promise<Answers['kpis']>; days: string[] } | undefined;
  const show = () => {
    if (!latest) return;
    const { report, days } = latest;
    void box.show(report, (found) => daily(speech.inCurrency(found.currency), days, found, filters().figure));
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
      choice<DailyMetric>(words.metric, metrics, filters().figure, (figure) => {
        remember({ figure });
        show();
      }),
    ],
  });
  const ask = ({ filters: { from, to }, parameters, signal }: Round) => {
    const report = once<Answers['kpis']>((draft) =>
      api.report('kpis', { ...parameters, by: 'day-channel' }, signal, draft),
    );
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
  const ask = ({ filters: asked, parameters, signal }: Round) =>
    void box.show<Compared<Answers['kpis']>>(
      (draft) =>
        askCompared(api, 'kpis', { parameters: { ...parameters, by: 'channel' }, filters: asked, signal }, draft),
      ({ now, before }) => channelTable(speech.inCurrency(now.currency), now, before),
    );
  return { root: box.root, ask };
}
