import type { KpisReport } from '../../kpis.js';
import { chart, legend, tooltip, tooltipStyle } from '../charts.js';
import { el } from '../dom.js';
import type { Speech } from '../language.js';
import { colourOf } from '../palette.js';
import { beginOf, spanOf } from '../spans.js';
import { type Column, table } from '../table.js';

/** What the chart of days can show; all of these are additive over channels. */
export type DailyMetric = 'sessions' | 'conversions' | 'revenue';

/** Days (of long periods weeks or months) as stacked bars by channel, and the same as a table. */
export function daily(speech: Speech, period: readonly string[], report: KpisReport, metric: DailyMetric): Node {
  const { words } = speech;
  const span = spanOf(period.length);
  const days = [...new Set(period.map((day) => beginOf(day, span)))];
  const values = new Map<string, number>();
  for (const row of report.rows) {
    const key = `${beginOf(row.day ?? '', span)} ${row.channel}`;
    values.set(key, (values.get(key) ?? 0) + row[metric]);
  }
  const nameOf = (day: string, style: 'short' | 'long' = 'short') =>
    span === 'month' ? speech.month(day.slice(0, 7)) : speech.day(day, style);
  const value = (day: string, channel: string) => values.get(`${day} ${channel}`) ?? 0;
  const sums = new Map<string, number>();
  for (const row of report.rows) sums.set(row.channel ?? '', (sums.get(row.channel ?? '') ?? 0) + row[metric]);
  const channels = [...sums]
    .filter(([, sum]) => sum !== 0)
    .sort((a, b) => b[1] - a[1])
    .map(([channel]) => channel);
  if (channels.length === 0) return el('p', { class: 'state' }, words.states.nothing);
  const show = (amount: number) => (metric === 'revenue' ? speech.money(amount) : speech.integer(amount));
  const drawing = chart(words.daily.summary(words.metrics[metric], period.length), 'daily', (ink) => ({
    grid: { left: 4, right: 18, top: 12, bottom: 4, containLabel: true },
    xAxis: {
      type: 'category',
      data: days.map((day) => nameOf(day)),
      axisLine: { lineStyle: { color: ink.line } },
      axisTick: { show: false },
      axisLabel: { color: ink.muted, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: metric === 'revenue' ? 0.01 : 1,
      splitLine: { lineStyle: { color: ink.line } },
      axisLabel: { color: ink.muted, formatter: (amount: number) => speech.integer(amount) },
    },
    tooltip: {
      ...tooltipStyle(ink),
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (points) => {
        const day = days[Array.isArray(points) ? (points[0]?.dataIndex ?? 0) : points.dataIndex] ?? '';
        const seen = channels.filter((channel) => value(day, channel) !== 0);
        const total = seen.reduce((sum, channel) => sum + value(day, channel), 0);
        return tooltip(span === 'week' ? words.daily.weekOf(speech.day(day, 'long')) : nameOf(day, 'long'), [
          ...seen.map((channel) => ({
            colour: colourOf(channel),
            label: speech.label(channel),
            value: show(value(day, channel)),
          })),
          { label: words.daily.total, value: show(total) },
        ]);
      },
    },
    series: channels.map((channel) => ({
      type: 'bar',
      stack: 'all',
      name: speech.label(channel),
      barMaxWidth: 34,
      barCategoryGap: '22%',
      itemStyle: { color: colourOf(channel) },
      emphasis: { focus: 'series' },
      data: days.map((day) => value(day, channel)),
    })),
  }));
  const columns: Column<string>[] = [
    { title: words.daily[span], value: (day) => day, show: (day) => nameOf(day) },
    ...channels.map((channel) => ({
      title: speech.label(channel),
      number: true,
      value: (day: string) => value(day, channel),
      show: (day: string) => show(value(day, channel)),
    })),
  ];
  return el(
    'div',
    {},
    drawing,
    span === 'day' ? null : el('p', { class: 'note' }, words.daily.spans[span]),
    legend(channels.map((channel) => ({ colour: colourOf(channel), label: speech.label(channel) }))),
    el(
      'details',
      { class: 'as-table' },
      el('summary', {}, words.actions.asTable),
      table(columns, days, { caption: words.daily.title }),
    ),
  );
}
