import type { JourneyRow, JourneysReport } from '../../journeys.js';
import { CONVERSION, type Sankey, SKIPPED } from '../../sankey.js';
import { chart, tooltip, tooltipStyle } from '../charts.js';
import type { DashboardContext } from '../dashboard.js';
import { el } from '../dom.js';
import { definitionList } from '../fields.js';
import type { Speech } from '../language.js';
import { colourOf } from '../palette.js';
import { type Column, swatch, table } from '../table.js';

/** Pixels that a name has on a phone, up to the next step. */
const NAME_WIDTH = 122;

/** The flow of visits into the goal, and the paths as a table. */
export function journeys(speech: Speech, report: JourneysReport, follow: DashboardContext['follow']): Node {
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
  if (report.rows.some(({ example }) => example)) columns.push(exampleColumn(speech, follow));
  return el(
    'div',
    {},
    flow(speech, report),
    table(columns, report.rows, { caption: words.journeys.title, sortedBy: 1 }),
    definitionList(words, [
      [words.journeys.path, words.journeys.pathAbout],
      [words.journeys.medianDays, words.journeys.medianDaysAbout],
      [words.journeys.averageTouches, words.journeys.averageTouchesAbout],
    ]),
    el('p', { class: 'note' }, words.journeys.paths(report.rows.length, report.totals.paths)),
  );
}

/** The way to one person behind each path. */
function exampleColumn(speech: Speech, follow: DashboardContext['follow']): Column<JourneyRow> {
  const { example: title, exampleOf, thread } = speech.words.people.person;
  return {
    ...{ title, onScreen: true },
    value: () => null,
    show: ({ example, path }) =>
      example === undefined
        ? ''
        : el(
            'button',
            {
              ...{ type: 'button', class: 'small', onclick: () => follow(example, 'order') },
              'aria-label': exampleOf(path.map((label) => speech.label(label)).join(' › ')),
            },
            thread,
          ),
  };
}

function steps(speech: Speech, row: JourneyRow, coloured: boolean): Node {
  const items = row.path.map((label) =>
    el('li', {}, coloured ? swatch(speech.label(label), colourOf(label)) : speech.label(label)),
  );
  return el('ol', { class: 'steps' }, ...items);
}

/** The diagram of all steps, and on a phone that of the first and the last touch; each shows itself where it fits. */
function flow(speech: Speech, { sankey, ends }: JourneysReport): Node {
  const note = el('p', { class: 'note' }, speech.words.journeys.ends);
  return el(
    'div',
    {},
    el('div', { class: 'if-wide' }, diagram(speech, sankey)),
    el('div', { class: 'if-narrow' }, diagram(speech, ends), note),
  );
}

function diagram(speech: Speech, sankey: Sankey): HTMLElement {
  const { words } = speech;
  const label = (text: string) => (text === CONVERSION ? words.journeys.conversion : speech.label(text));
  const labels = new Map(sankey.nodes.map((node) => [node.id, node.label]));
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
        // A name is as high as the gap, so that names of thin nodes do not lie on each other.
        nodeGap: narrow ? 12 : 14,
        nodeAlign: 'left',
        draggable: false,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'source', opacity: 0.28, curveness: 0.5 },
        label: {
          color: ink.text,
          fontSize: narrow ? 11 : 12,
          ...(narrow && { width: NAME_WIDTH, overflow: 'truncate' }),
          formatter: (node) => nameOf(String(node.name)),
        },
        data: sankey.nodes.map((node) => ({
          name: node.id,
          depth: node.step,
          itemStyle: {
            color: node.label === CONVERSION ? ink.text : node.label === SKIPPED ? ink.muted : colourOf(node.label),
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
