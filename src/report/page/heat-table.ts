import { el } from './dom.js';

/** A cell: what it says and how strongly it is coloured, 0 to 1. */
export interface HeatCell {
  text: string;
  heat: number;
  hint?: string;
}

/** A table whose cells are coloured by their value; the text is always there as well. */
export interface HeatTable {
  caption: string;
  /** Heading of the row titles. */
  corner: string;
  columns: readonly string[];
  rows: readonly { title: string | Node; cells: readonly (HeatCell | undefined)[] }[];
}

/** Draws it. */
export function heatTable({ caption, corner, columns, rows }: HeatTable): HTMLElement {
  const cellOf = (cell: HeatCell | undefined) => {
    const box = el('td', { class: 'number heat', ...(cell?.hint && { title: cell.hint }) }, cell?.text ?? '');
    if (cell) box.style.setProperty('--heat', `${Math.round(100 * Math.min(1, cell.heat) * 0.55)}%`);
    return box;
  };
  return el(
    'div',
    { class: 'table-box', tabindex: 0, role: 'group', 'aria-label': caption },
    el(
      'table',
      {},
      el('caption', { class: 'hidden' }, caption),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('th', { scope: 'col' }, corner),
          ...columns.map((title) => el('th', { scope: 'col', class: 'number' }, title)),
        ),
      ),
      el(
        'tbody',
        {},
        ...rows.map(({ title, cells }) => el('tr', {}, el('th', { scope: 'row' }, title), ...cells.map(cellOf))),
      ),
    ),
  );
}
