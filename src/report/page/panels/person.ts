import type { Person } from '../../../stores/contract.js';
import type { Explanation } from '../../attribution/explain.js';
import { ApiError, type ConsentRecord } from '../api.js';
import type { Asking, DashboardContext } from '../dashboard.js';
import { el } from '../dom.js';
import { AS_KNOWN_AT } from '../filters.js';
import type { Speech } from '../language.js';
import { panel, problem } from '../panel.js';
import { consentRecord } from './consent-record.js';
import { explained, identity } from './explained.js';
import { thread } from './thread.js';

/** What was found under a name. */
interface Found {
  explanation: Explanation | undefined;
  person: Person | undefined;
  consent: ConsentRecord | undefined;
}

/** What one person did, found by an order number or an identifier. Nothing of it goes into the address. */
export function personPanel({ api, speech, filters, followWith }: DashboardContext): Asking {
  const { people } = speech.words;
  const texts = people.person;
  const box = panel(speech, { id: 'person', ...people.panels.person });
  const input = el('input', {
    ...{ id: 'person-name', required: true, autocomplete: 'off', spellcheck: 'false', 'data-key': 'person' },
  });
  const question = () => {
    const { goal, lookback, known, timezone } = filters();
    return { goal, lookback, ...(known && { [AS_KNOWN_AT]: known, timezone }) };
  };
  const load = async (kind?: 'order' | 'person'): Promise<Found> => {
    const name = input.value.trim();
    const explanation = kind === 'person' ? undefined : await orNothing(api.explain(name, question()));
    const asked = explanation?.person ?? name;
    const [person, consent] = await Promise.all([orNothing(api.person(asked)), orNothing(api.consent(asked))]);
    return { explanation, person, consent };
  };
  const look = (kind?: 'order' | 'person') => box.show(() => load(kind), draw);
  const follow: DashboardContext['follow'] = (name, kind) => {
    input.value = name;
    box.root.scrollIntoView();
    // The keyboard goes where the eye goes.
    void look(kind).then(() => box.root.querySelector<HTMLElement>('.found')?.focus({ preventScroll: true }));
  };
  const draw = ({ explanation, person, consent }: Found): HTMLElement => {
    if (!person && !explanation) return el('p', { class: 'state', role: 'status' }, texts.none);
    return el(
      'div',
      { class: 'found', tabindex: -1, role: 'group', 'aria-label': people.panels.person.title },
      explanation && explained(speech, explanation),
      explanation &&
        el(
          'p',
          { class: 'note' },
          fileButton(speech, texts.saveCredits, () => api.creditsFile(explanation.order, question())),
        ),
      person && identity(speech, person),
      person && consent && consentRecord(speech, consent, person.timeline),
      person && thread(speech, person, { goal: filters().goal, explain: (order) => follow(order, 'order') }),
      person &&
        el(
          'p',
          { class: 'note' },
          fileButton(speech, texts.save, () => api.personFile(person.person)),
        ),
    );
  };
  const form = el(
    'form',
    {
      class: 'find',
      onsubmit: (event) => {
        event.preventDefault();
        void look();
      },
    },
    el('label', { for: 'person-name' }, texts.label),
    input,
    el('button', { type: 'submit', class: 'primary' }, texts.show),
  );
  (box.root.querySelector('.panel-body') ?? box.root).before(form);
  followWith(follow);
  return { root: box.root, ask: () => {} };
}

/** Saves a file, or says beside the button why not. */
function fileButton({ words }: Speech, text: string, save: () => Promise<void>): HTMLElement {
  const button: HTMLElement = el(
    'button',
    {
      ...{ type: 'button', class: 'small' },
      onclick: () => void save().catch((error: unknown) => button.after(problem(words, error))),
    },
    el('span', { 'aria-hidden': 'true' }, '↓ '),
    text,
  );
  return button;
}

/** Undefined for what is not there; other errors go on. */
async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
