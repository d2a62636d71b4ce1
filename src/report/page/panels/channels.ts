import type { Kpis, KpisReport, KpisRow } from '../../kpis.js';
import { rowsBefore } from '../compare.js';
import { el } from '../dom.js';
import { definitionList } from '../fields.js';
import type { Speech } from '../language.js';
import { colourOf } from '../palette.js';
import { type Column, swatch, table, was, wasNote } from '../table.js';
import type { Measure } from './tiles.js';

/** Key figures by channel, with bars for each channel's share of the sessions. */
export function channelTable(speech: Speech, report: KpisReport, before: KpisReport | undefined): Node {
  const { words } = speech;
  const rows = withGone(report.rows, before?.rows ?? []);
  if (rows.length === 0) return el('p', { class: 'state' }, words.states.nothing);
  const { totals } = report;
  const shown = table(columnsOf(speech, report, before), rows, {
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
      speech.percent(totals.visitorConversionRate),
      speech.money(totals.revenue),
      speech.money(totals.averageOrderValue),
    ],
  });
  return el('div', {}, shown, before?.rows.length ? wasNote(speech) : null, definitionList(words, explained(words)));
}

/** What the columns say; the first word of each is their title. */
function explained({ tiles, channels }: Speech['words']): [title: string, text: string][] {
  const measures = COLUMNS.map((measure): [string, string] => [tiles[measure][0] ?? '', tiles[measure][1] ?? '']);
  return [...measures.slice(0, 1), [channels.share, channels.shareAbout], ...measures.slice(1)];
}

const COLUMNS = [
  ...(['sessions', 'visitors', 'pageViews', 'conversions'] as const),
  ...(['conversionRate', 'visitorConversionRate', 'revenue', 'averageOrderValue'] as const),
];

function columnsOf(speech: Speech, { rows, totals }: KpisReport, before: KpisReport | undefined): Column<KpisRow>[] {
  const { words } = speech;
  const then = rowsBefore(before?.rows, ({ channel = '' }) => channel);
  const all = totals.sessions || 1;
  const most = Math.max(...rows.map((row) => row.revenue)) || 1;
  const name = (row: KpisRow) => speech.label(row.channel ?? '');
  const colour = (row: KpisRow) => colourOf(row.channel ?? '');
  // Without a row of then, nobody came by the channel.
  const figure = <M extends Measure>(measure: M, write: (value: Kpis[M]) => string): Column<KpisRow> => ({
    title: words.tiles[measure][0] ?? '',
    number: true,
    value: (row) => row[measure],
    show: (row) => write(row[measure]),
    ...(before !== undefined &&
      before.rows.length > 0 && {
        before: (row) => was(speech, write((then(row) ?? NOTHING)[measure])),
      }),
  });
  return [
    { title: words.dimensions.channel, value: name, show: (row) => swatch(name(row), colour(row)) },
    figure('sessions', speech.integer),
    {
      title: words.channels.share,
      number: true,
      value: (row) => row.sessions,
      show: (row) => speech.percent(row.sessions / all),
      bar: (row) => row.sessions / all,
      colour,
    },
    figure('visitors', speech.integer),
    figure('pageViews', speech.integer),
    figure('conversions', speech.integer),
    figure('conversionRate', speech.percent),
    figure('visitorConversionRate', speech.percent),
    { ...figure('revenue', speech.money), bar: (row) => row.revenue / most, colour },
    figure('averageOrderValue', speech.money),
  ];
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
  convertingVisitors: 0,
  visitorConversionRate: null,
  revenue: 0,
  averageOrderValue: null,
};

/** The channels of now, and those that brought people before and nobody now. */
function withGone(now: readonly KpisRow[], before: readonly KpisRow[]): KpisRow[] {
  const known = new Set(now.map(({ channel }) => channel));
  const gone = before.filter(({ channel }) => !known.has(channel));
  return [...now, ...gone.map(({ channel = '' }) => ({ channel, ...NOTHING }))];
}
