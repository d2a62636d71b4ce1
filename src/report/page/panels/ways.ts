import { END } from '../../people/transitions.js';
import type { Asking, DashboardContext } from '../dashboard.js';
import { el } from '../dom.js';
import { fieldTable } from '../fields.js';
import { heatTable } from '../heat-table.js';
import type { Speech } from '../language.js';
import { colourOf } from '../palette.js';
import { reportPanel } from '../report-panel.js';
import { swatch } from '../table.js';

/** Channels that have a row and a column in the matrix; the table below has all. */
const MOST_CHANNELS = 8;

/** The matrix of passages between channels, and what they are worth. */
export function transitionsPanel(context: DashboardContext): Asking {
  const { panels } = context.speech.words.people;
  return reportPanel(context, {
    ...{ id: 'transitions', report: 'transitions', compare: true },
    ...panels.transitions,
    render: (speech, { rows }, before) => {
      if (rows.length === 0) return el('p', { class: 'state' }, speech.words.people.noNumber);
      const fields = ['from', 'to', 'passages', 'people', 'conversionRate', 'baselineRate', 'lift', 'medianLagHours'];
      const listed = rows.filter(({ to }) => to !== END).slice(0, 12);
      return el(
        'div',
        {},
        matrix(speech, rows),
        fieldTable(speech, listed, {
          ...{ caption: panels.transitions.title, fields, sortedBy: 'passages' },
          before: {
            rows: before?.rows,
            name: ['from', 'to'],
            fields: ['passages', 'people', 'conversionRate', 'baselineRate', 'lift', 'medianLagHours'],
          },
        }),
      );
    },
  });
}

function matrix(
  speech: Speech,
  rows: readonly { from: string; to: string; passages: number; share: number | null }[],
): Node {
  const counts = new Map<string, number>();
  for (const { from, to, passages } of rows) {
    for (const label of [from, to]) if (label !== END) counts.set(label, (counts.get(label) ?? 0) + passages);
  }
  const labels = [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([label]) => label)
    .slice(0, MOST_CHANNELS);
  const cells = new Map(rows.map((row) => [JSON.stringify([row.from, row.to]), row]));
  const { panels } = speech.words.people;
  return heatTable({
    caption: panels.transitions.title,
    corner: speech.words.people.fromTo,
    columns: [...labels, END].map((label) => speech.label(label)),
    rows: labels.map((from) => ({
      title: swatch(speech.label(from), colourOf(from)),
      cells: [...labels, END].map((to) => {
        const row = cells.get(JSON.stringify([from, to]));
        return row && { text: speech.integer(row.passages), heat: row.share ?? 0, hint: speech.percent(row.share) };
      }),
    })),
  });
}

/** People who met two channels. */
export function overlapPanel(context: DashboardContext): Asking {
  const { panels } = context.speech.words.people;
  return reportPanel(context, {
    ...{ id: 'overlap', report: 'overlap', compare: true },
    ...panels.overlap,
    // More than are shown: the pairs of now may have been far down before.
    parameters: () => ({ limit: 200 }),
    render: (speech, { rows }, before) => {
      const fields = [
        'a',
        'b',
        'onlyA',
        'both',
        'onlyB',
        'overlap',
        'conversionOnlyA',
        'conversionBoth',
        'conversionOnlyB',
      ];
      return fieldTable(speech, rows.slice(0, 15), {
        caption: panels.overlap.title,
        fields,
        bars: ['overlap'],
        sortedBy: 'both',
        before: { rows: before?.rows, name: ['a', 'b'], fields: fields.slice(2) },
      });
    },
  });
}

/** Steps to the order and where people are lost. */
export function funnelPanel(context: DashboardContext): Asking {
  const { panels } = context.speech.words.people;
  return reportPanel(context, {
    ...{ id: 'funnel', report: 'funnel', compare: true },
    ...panels.funnel,
    parameters: () => ({ by: 'total' }),
    // Of nobody, there is nothing to say which steps nobody made.
    remarks: ({ totals }) => totals.people > 0,
    render: (speech, { rows, worst, totals }, before) => {
      if (totals.people === 0) return el('p', { class: 'state' }, speech.words.people.noNumber);
      const [first] = worst;
      const fields = ['event', 'people', 'fromPrevious', 'dropOff', 'fromFirst', 'medianHours'];
      return el(
        'div',
        {},
        fieldTable(speech, rows, {
          ...{ caption: panels.funnel.title, fields, bars: ['people'] },
          before: { rows: before?.rows, name: ['step'], fields: fields.slice(1) },
        }),
        first?.dropOff
          ? el('p', { class: 'note' }, speech.words.people.worst(first.event, speech.percent(first.dropOff)))
          : null,
      );
    },
  });
}
