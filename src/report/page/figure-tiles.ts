import { el } from './dom.js';
import { showField } from './fields.js';
import type { Speech } from './language.js';

/** One figure with what it was before. */
export interface Figure {
  /** Field of the report, which also says how it is written. */
  field: string;
  title: string;
  value: number | null;
  before?: number | null | undefined;
  /** A line below, e.g. an interval or the number of answers. */
  note?: string | undefined;
}

/** Figures of more letters than this are written smaller: a sum in millions is as wide as a tile. */
const WIDE = 13;

/** Figures side by side; their definitions are those of the panel. */
export function figureTiles(speech: Speech, figures: readonly Figure[]): HTMLElement {
  const { words } = speech;
  const tiles = figures.map(({ field, title, value, before, note }) => {
    const shown = showField(speech, field, value);
    return el(
      'li',
      { class: 'figure', 'data-field': field },
      el('span', { class: 'name' }, title),
      el('b', { class: shown.length > WIDE ? 'wide' : '' }, shown),
      note ? el('small', {}, note) : null,
      before === undefined ? null : el('small', { class: 'was' }, words.tiles.before(showField(speech, field, before))),
    );
  });
  return el('ul', { class: 'figures' }, ...tiles);
}
