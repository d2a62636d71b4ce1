import { el } from '../dom.js';
import type { Speech } from '../language.js';

/** What to do when there is nothing to show yet. */
export function emptyState({ words }: Speech, longer: (() => void) | undefined): HTMLElement {
  const tag = `<script async src="${location.origin}/filrouge.js" data-write-key="…"></script>`;
  return el(
    'section',
    { class: 'panel empty', 'aria-labelledby': 'empty-title' },
    el('h2', { id: 'empty-title' }, words.empty.title),
    el('p', {}, words.empty.text),
    el('p', {}, words.empty.tag),
    el('pre', { tabindex: 0 }, el('code', {}, tag)),
    el('p', {}, words.empty.look),
    longer && el('button', { type: 'button', class: 'primary', onclick: longer }, words.empty.longer),
  );
}
