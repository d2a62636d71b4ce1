import type { KpisReport, KpisRow } from '../kpis.js';
import { el } from './dom.js';
import type { Speech } from './language.js';
import { colourOf } from './palette.js';
import { type Column, swatch, table } from './table.js';

/** Key figures by channel, with bars for each channel's share of the sessions. */
export function channelTable(speech: Speech, report: KpisReport): Node {
  const { words } = speech;
  if (report.rows.length === 0) return el('p', { class: 'state' }, words.states.nothing);
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
    },
    {
      title: words.tiles.revenue[0] ?? '',
      number: true,
      value: (row) => row.revenue,
      show: (row) => speech.money(row.revenue),
      bar: (row) => row.revenue / most,
      colour,
    },
    {
      title: words.tiles.averageOrderValue[0] ?? '',
      number: true,
      value: (row) => row.averageOrderValue,
      show: (row) => speech.money(row.averageOrderValue),
    },
  ];
  function count(title: string | undefined, value: (row: KpisRow) => number): Column<KpisRow> {
    return { title: title ?? '', number: true, value, show: (row) => speech.integer(value(row)) };
  }
  const { totals } = report;
  return table(columns, report.rows, {
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
