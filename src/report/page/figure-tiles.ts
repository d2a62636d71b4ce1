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

/** Figures side by side; their definitions are those of the panel. */
export function figureTiles(speech: Speech, figures: readonly Figure[]): HTMLElement {
  const { words } = speech;
  const tiles = figures.map(({ field, title, value, before, note }) =>
    el(
      'li',
      { class: 'figure', 'data-field': field },
      el('span', { class: 'name' }, title),
      el('b', {}, showField(speech, field, value)),
      note ? el('small', {}, note) : null,
      before === undefined ? null : el('small', { class: 'was' }, words.tiles.before(showField(speech, field, before))),
    ),
  );
  return el('ul', { class: 'figures' }, ...tiles);
}
