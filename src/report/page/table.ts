import { el } from './dom.js';
import type { Speech } from './language.js';

/** A column: what is sorted by, what is shown, and for numbers a bar behind it (0 to 1). */
export interface Column<Row> {
  title: string;
  value(row: Row): string | number | null;
  show(row: Row): string | Node;
  /** Numbers are aligned right and sort descending first. */
  number?: boolean;
  bar?(row: Row): number;
  colour?(row: Row): string;
  /** Has nothing to say on paper. */
  onScreen?: boolean;
  /** What it was in the period before, as `was` writes it; in small under the value. */
  before?(row: Row): Node | undefined;
}

/** Settings of a table. */
export interface TableOptions<Row> {
  caption: string;
  /** Index of the column that the rows come sorted by. */
  sortedBy?: number;
  /** The rows come in an order of their own, e.g. of steps: they stay in it until a heading is used. */
  keepOrder?: boolean;
  /** Rows that say little are greyed. */
  isFaint?(row: Row): boolean;
  /** A last line that is not sorted. */
  total?: (string | Node)[];
  /** All number columns equally wide, so that their bars can be compared. */
  even?: boolean;
}

/** A table whose headings sort it. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: TableOptions<Row>,
): HTMLElement {
  let sort = { column: options.sortedBy ?? 0, ascending: !columns[options.sortedBy ?? 0]?.number };
  let isSorted = options.keepOrder !== true;
  const body = el('tbody');
  const headings = columns.map((column, index) => {
    const button = el('button', { type: 'button', onclick: () => sortBy(index) }, column.title);
    // The first cell of a row is its name, also where that is a number.
    return el('th', { scope: 'col', class: index === 0 ? '' : classOf(column) }, button);
  });
  const sortBy = (index: number) => {
    const again = isSorted && sort.column === index;
    isSorted = true;
    sort = { column: index, ascending: again ? !sort.ascending : !columns[index]?.number };
    fill();
  };
  const fill = () => {
    headings.forEach((heading, index) => {
      const direction = sort.ascending ? 'ascending' : 'descending';
      if (isSorted && index === sort.column) heading.setAttribute('aria-sort', direction);
      else heading.removeAttribute('aria-sort');
    });
    const ordered = isSorted ? sorted(rows, columns[sort.column], sort.ascending) : rows;
    body.replaceChildren(...ordered.map((row) => line(columns, row, options.isFaint?.(row))));
  };
  fill();
  const foot = options.total?.map((text, index) =>
    index === 0 ? el('th', { scope: 'row' }, text) : el('td', { class: columns[index]?.number ? 'number' : '' }, text),
  );
  return el(
    'div',
    // Wide tables scroll in their own box; it takes focus so that arrow keys can scroll it.
    { class: 'table-box', tabindex: 0, role: 'group', 'aria-label': options.caption },
    el(
      'table',
      { class: options.even ? 'even' : '' },
      el('caption', { class: 'hidden' }, options.caption),
      el('thead', {}, el('tr', {}, ...headings)),
      body,
      foot && el('tfoot', {}, el('tr', {}, ...foot)),
    ),
  );
}

/** Texts of more letters than this are names that somebody typed: they wrap, and do not push the figures out of sight. */
const LONG_TEXT = 24;

function line<Row>(columns: readonly Column<Row>[], row: Row, isFaint = false): HTMLElement {
  const cells = columns.map((column, index) => {
    const shown = column.show(row);
    const isLong = !column.number && typeof shown === 'string' && shown.length > LONG_TEXT;
    const content: (Node | string)[] = [
      isLong ? el('span', { class: 'long', dir: 'auto', title: shown }, shown) : shown,
    ];
    const was = column.before?.(row);
    if (was !== undefined) content.push(was);
    if (column.bar) {
      const bar = el('span', { class: 'bar', 'aria-hidden': 'true' });
      bar.style.setProperty('--share', String(Math.max(0, Math.min(1, column.bar(row)))));
      if (column.colour) bar.style.setProperty('--colour', column.colour(row));
      content.push(bar);
    }
    if (index > 0) return el('td', { class: classOf(column) }, ...content);
    return el('th', { scope: 'row' }, ...content);
  });
  return el('tr', isFaint ? { class: 'faint' } : {}, ...cells);
}

function classOf<Row>({ number, onScreen }: Column<Row>): string {
  return [number && 'number', onScreen && 'on-screen'].filter(Boolean).join(' ');
}

function sorted<Row>(rows: readonly Row[], column: Column<Row> | undefined, ascending: boolean): Row[] {
  if (!column) return [...rows];
  const direction = ascending ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    // Rows without a value are last, whichever way.
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    if (typeof x === 'string' || typeof y === 'string') return direction * String(x).localeCompare(String(y));
    return direction * (x - y);
  });
}

/** A value of the period before. The word is for screen readers: a line under the table says it to everybody else. */
export function was({ words }: Speech, value: string): Node {
  const text = words.tiles.before(value);
  return el('small', { class: 'was', title: text }, el('span', { class: 'hidden' }, words.tiles.before('')), value);
}

/** The line under a table with values of the period before. */
export function wasNote({ words }: Speech): HTMLElement {
  return el('p', { class: 'note was-note' }, words.tiles.small);
}

/** A label with its colour. */
export function swatch(label: string, colour: string): Node {
  const dot = el('i', { class: 'dot', 'aria-hidden': 'true' });
  dot.style.background = colour;
  return el('span', { class: 'label' }, dot, label);
}
