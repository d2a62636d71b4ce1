import type { AttributionReport } from '../attribution.js';
import { el } from './dom.js';
import { fieldTable } from './fields.js';
import type { Speech } from './language.js';

/** One attribution model with all it knows of each label, and intervals. */
export function singleModel(speech: Speech, { rows, by, totals, notices = [] }: AttributionReport): Node {
  const { words } = speech;
  if (totals.conversions === 0) return el('p', { class: 'state' }, words.states.nothing);
  const shown = rows.map(({ interval, conversions = 0, ...row }) => ({
    ...row,
    conversions,
    share: conversions / totals.conversions,
    interval: interval?.share ?? null,
  }));
  const more = shown.some(({ removalEffect }) => removalEffect !== undefined) ? ['removalEffect'] : [];
  const fields = [by, 'conversions', 'share', 'interval', 'revenue', ...more];
  return el(
    'div',
    {},
    fieldTable(speech, shown, {
      caption: words.attribution.title,
      fields,
      bars: ['conversions'],
      sortedBy: 'conversions',
    }),
    ...notices.map((notice) => el('p', { class: 'note' }, words.people.note, words.people.notice(notice))),
  );
}
