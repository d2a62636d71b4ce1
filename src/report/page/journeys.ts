import type { JourneyRow, JourneysReport } from '../journeys.js';
import { CONVERSION, SKIPPED } from '../sankey.js';
import { chart, tooltip, tooltipStyle } from './charts.js';
import { el } from './dom.js';
import type { Speech } from './language.js';
import { colourOf } from './palette.js';
import { type Column, swatch, table } from './table.js';

/** The flow of visits into the goal, and the paths as a table. */
export function journeys(speech: Speech, report: JourneysReport): Node {
  const { words } = speech;
  if (report.totals.conversions === 0) return el('p', { class: 'state' }, words.states.nothing);
  const columns: Column<JourneyRow>[] = [
    {
      title: words.journeys.path,
      value: (row) => row.path.join(' '),
      show: (row) => steps(speech, row, report.by === 'channel'),
    },
    {
      title: words.metrics.conversions,
      number: true,
      value: (row) => row.conversions,
      show: (row) => speech.integer(row.conversions),
      bar: (row) => row.conversions / (report.rows[0]?.conversions ?? 1),
    },
    {
      title: words.metrics.revenue,
      number: true,
      value: (row) => row.revenue,
      show: (row) => speech.money(row.revenue),
    },
    {
      title: words.journeys.medianDays,
      number: true,
      value: (row) => row.medianDays,
      show: (row) => speech.duration(row.medianDays === null ? null : row.medianDays * 86_400),
    },
    {
      title: words.journeys.averageTouches,
      number: true,
      value: (row) => row.averageTouches,
      show: (row) => (row.averageTouches === null ? '–' : speech.decimal(row.averageTouches)),
    },
  ];
  return el(
    'div',
    {},
    flow(speech, report),
    table(columns, report.rows, { caption: words.journeys.title, sortedBy: 1 }),
    el('p', { class: 'note' }, words.journeys.paths(report.rows.length, report.totals.paths)),
  );
}

function steps(speech: Speech, row: JourneyRow, coloured: boolean): Node {
  const items = row.path.map((label) =>
    el('li', {}, coloured ? swatch(speech.label(label), colourOf(label)) : speech.label(label)),
  );
  return el('ol', { class: 'steps' }, ...items);
}

function flow(speech: Speech, { sankey }: JourneysReport): HTMLElement {
  const { words } = speech;
  const label = (text: string) => (text === CONVERSION ? words.journeys.conversion : speech.label(text));
  const labels = new Map(sankey.nodes.map((node) => [node.id, node.label]));
  const last = Math.max(...sankey.nodes.map((node) => node.step));
  const flowOf = new Map<string, number>();
  for (const link of sankey.links) {
    const node = link.target.startsWith(`${last}:`) ? [link.source, link.target] : [link.source];
    for (const id of node) flowOf.set(id, (flowOf.get(id) ?? 0) + link.conversions);
  }
  const most = Math.max(1, ...flowOf.values());
  const nameOf = (id: string) => label(labels.get(id) ?? '');
  return chart(words.journeys.summary, 'sankey', (ink, narrow) => ({
    tooltip: {
      ...tooltipStyle(ink),
      trigger: 'item',
      formatter: (item) => {
        if (Array.isArray(item)) return '';
        const link = item.dataType === 'edge' ? sankey.links[item.dataIndex] : undefined;
        if (!link) return tooltip(nameOf(item.name), [{ label: words.metrics.conversions, value: amount(item.value) }]);
        return tooltip(`${nameOf(link.source)} → ${nameOf(link.target)}`, [
          { label: words.metrics.conversions, value: speech.integer(link.conversions) },
          { label: words.metrics.revenue, value: speech.money(link.revenue) },
        ]);
      },
    },
    series: [
      {
        type: 'sankey',
        left: 2,
        right: narrow ? 54 : 96,
        top: 8,
        bottom: 8,
        nodeWidth: narrow ? 8 : 12,
        nodeGap: narrow ? 7 : 10,
        nodeAlign: 'left',
        draggable: false,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'source', opacity: 0.28, curveness: 0.5 },
        label: {
          color: ink.text,
          fontSize: narrow ? 10 : 12,
          formatter: (node) => nameOf(String(node.name)),
        },
        data: sankey.nodes.map((node) => ({
          name: node.id,
          depth: node.step,
          itemStyle: {
            color: node.label === CONVERSION ? ink.text : node.label === SKIPPED ? ink.muted : colourOf(node.label),
          },
          // On a phone only the first step and the goal have room for their names.
          // Anywhere, names of nodes that are thinner than a line of text would lie on each other.
          label: {
            show: narrow
              ? node.step === last || (node.step === 0 && (flowOf.get(node.id) ?? 0) / most > 0.03)
              : (flowOf.get(node.id) ?? 0) / most > 0.005,
          },
        })),
        links: sankey.links.map((link) => ({ source: link.source, target: link.target, value: link.conversions })),
      },
    ],
  }));
  function amount(value: unknown): string {
    return typeof value === 'number' ? speech.integer(value) : '';
  }
}
