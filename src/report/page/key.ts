import { ApiError, createApi } from './api.js';
import { el } from './dom.js';
import type { Speech } from './language.js';
import { reasonOf } from './panel.js';

const STORED = 'filrouge.admin-key';

/**
 * The admin key of this tab: from the address (`/report#key=…`, removed from it at once, so that it does not stay in the
 * history or on a screenshot), or from earlier in the tab.
 */
export function adminKey(): string | null {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (given) {
    sessionStorage.setItem(STORED, given);
    history.replaceState(null, '', location.pathname + location.search);
  }
  return sessionStorage.getItem(STORED);
}

/** Forgets the key. */
export function forgetKey(): void {
  sessionStorage.removeItem(STORED);
}

/** Asks for the key; keeps it and goes on once the receiver has accepted it. */
export function signIn({ words }: Speech, base: string, done: () => void, refused: boolean): HTMLElement {
  const input = el('input', {
    type: 'password',
    id: 'key',
    name: 'key',
    autocomplete: 'current-password',
    required: true,
  });
  const wrong = el('p', { class: 'problem', role: 'alert' }, refused ? words.signIn.wrong : '');
  const check = async () => {
    const key = input.value.trim();
    try {
      await createApi(key, base).report('kpis', { by: 'total' });
      sessionStorage.setItem(STORED, key);
      done();
    } catch (error) {
      const isRefused = error instanceof ApiError && (error.status === 401 || error.status === 403);
      wrong.textContent = isRefused ? words.signIn.wrong : reasonOf(words, error);
      input.select();
    }
  };
  const form = el(
    'form',
    {
      class: 'panel sign-in',
      onsubmit: (event) => {
        event.preventDefault();
        void check();
      },
    },
    el('h2', {}, words.signIn.title),
    el('p', {}, words.signIn.text),
    el('label', { for: 'key' }, words.signIn.key),
    input,
    wrong,
    el('button', { type: 'submit', class: 'primary' }, words.signIn.open),
  );
  return el('main', { id: 'figures', class: 'narrow' }, form);
}
