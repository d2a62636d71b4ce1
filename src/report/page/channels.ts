import type { Kpis, KpisReport, KpisRow } from '../kpis.js';
import { rowsBefore } from './compare.js';
import { el } from './dom.js';
import type { Speech } from './language.js';
import { colourOf } from './palette.js';
import { type Column, swatch, table } from './table.js';

/** Key figures by channel, with bars for each channel's share of the sessions. */
export function channelTable(speech: Speech, report: KpisReport, before: KpisReport | undefined): Node {
  const { words } = speech;
  const rows = withGone(report.rows, before?.rows ?? []);
  const then = rowsBefore(before?.rows, ({ channel = '' }) => channel);
  const was = (write: (row: Kpis) => string) =>
    before && { before: (row: KpisRow) => words.tiles.before(write(then(row) ?? NOTHING)) };
  if (rows.length === 0) return el('p', { class: 'state' }, words.states.nothing);
  const all = report.totals.sessions || 1;
  const most = Math.max(...report.rows.map((row) => row.revenue)) || 1;
  const name = (row: KpisRow) => speech.label(row.channel ?? '');
  const colour = (row: KpisRow) => colourOf(row.channel ?? '');
  const columns: Column<KpisRow>[] = [
    { title: words.dimensions.channel, value: name, show: (row) => swatch(name(row), colour(row)) },
    {
      title: words.tiles.sessions[0] ?? '',
      number: true,
      value: (row) => row.sessions,
      show: (row) => speech.integer(row.sessions),
      ...was((row) => speech.integer(row.sessions)),
    },
    {
      title: words.channels.share,
      number: true,
      value: (row) => row.sessions,
      show: (row) => speech.percent(row.sessions / all),
      bar: (row) => row.sessions / all,
      colour,
    },
    count(words.tiles.visitors[0], (row) => row.visitors),
    count(words.tiles.pageViews[0], (row) => row.pageViews),
    count(words.tiles.conversions[0], (row) => row.conversions),
    {
      title: words.tiles.conversionRate[0] ?? '',
      number: true,
      value: (row) => row.conversionRate,
      show: (row) => speech.percent(row.conversionRate),
      ...was((row) => speech.percent(row.conversionRate)),
    },
    {
      title: words.tiles.revenue[0] ?? '',
      number: true,
      value: (row) => row.revenue,
      show: (row) => speech.money(row.revenue),
      ...was((row) => speech.money(row.revenue)),
      bar: (row) => row.revenue / most,
      colour,
    },
    {
      title: words.tiles.averageOrderValue[0] ?? '',
      number: true,
      value: (row) => row.averageOrderValue,
      show: (row) => speech.money(row.averageOrderValue),
      ...was((row) => speech.money(row.averageOrderValue)),
    },
  ];
  function count(title: string | undefined, value: (row: Kpis) => number): Column<KpisRow> {
    const show = (row: Kpis) => speech.integer(value(row));
    return { title: title ?? '', number: true, value, show, ...was(show) };
  }
  const { totals } = report;
  return table(columns, rows, {
    caption: words.channels.title,
    sortedBy: 1,
    total: [
      words.daily.total,
      speech.integer(totals.sessions),
      speech.percent(totals.sessions === 0 ? null : 1),
      speech.integer(totals.visitors),
      speech.integer(totals.pageViews),
      speech.integer(totals.conversions),
      speech.percent(totals.conversionRate),
      speech.money(totals.revenue),
      speech.money(totals.averageOrderValue),
    ],
  });
}

/** The figures of a channel that nobody came by. */
const NOTHING: Kpis = {
  visitors: 0,
  devices: 0,
  sessions: 0,
  engagedSessions: 0,
  engagementRate: null,
  pageViews: 0,
  averageSessionSeconds: null,
  conversions: 0,
  convertingSessions: 0,
  conversionRate: null,
  revenue: 0,
  averageOrderValue: null,
};

/** The channels of now, and those that brought people before and nobody now. */
function withGone(now: readonly KpisRow[], before: readonly KpisRow[]): KpisRow[] {
  const known = new Set(now.map(({ channel }) => channel));
  const gone = before.filter(({ channel }) => !known.has(channel));
  return [...now, ...gone.map(({ channel = '' }) => ({ channel, ...NOTHING }))];
}
