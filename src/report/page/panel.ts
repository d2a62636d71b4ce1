import { ageNote } from './age-note.js';
import { type Answers, ApiError } from './api.js';
import { el } from './dom.js';
import type { Speech } from './language.js';
import type { Draft } from './once.js';
import { swapIn } from './swap.js';

/** A section of the page that loads by itself. */
export interface Panel {
  root: HTMLElement;
  /**
   * Shows what `load` gives; meanwhile that it loads, or earlier figures that it tells of; afterwards what went wrong, with a
   * button that tries again.
   */
  show<T>(load: (draft: Draft<T>) => Promise<T>, render: (value: T) => Node): Promise<void>;
}

/** What a panel has in its heading. */
export interface PanelOptions {
  id: string;
  title: string;
  /** The definition of what is shown, one click away. */
  about: string;
  /** Saves the figures as CSV. */
  download?: () => Promise<void>;
  /** Choices that belong to this panel. */
  controls?: Node[];
}

/** Makes a panel. */
export function panel(speech: Speech, options: PanelOptions): Panel {
  const { words } = speech;
  const age = ageNote(speech, () => root);
  const body = el('div', { class: 'panel-body' });
  const heading = `${options.id}-title`;
  const about = el('p', { class: 'about', hidden: true, id: `${options.id}-about` }, options.about);
  const info = el(
    'button',
    {
      type: 'button',
      class: 'info',
      'aria-label': words.actions.about(options.title),
      'aria-expanded': 'false',
      'aria-controls': about.id,
      onclick: () => {
        about.hidden = !about.hidden;
        info.setAttribute('aria-expanded', String(!about.hidden));
      },
    },
    'i',
  );
  const { download } = options;
  const csv =
    download &&
    el(
      'button',
      {
        type: 'button',
        class: 'quiet csv',
        'aria-label': words.actions.csvOf(options.title),
        onclick: () => void download().catch((error: unknown) => body.prepend(problem(words, error))),
      },
      el('span', { 'aria-hidden': 'true' }, '↓ '),
      words.actions.csv,
    );
  const root: HTMLElement = el(
    'section',
    { class: 'panel', id: options.id, 'aria-labelledby': heading },
    el(
      'header',
      {},
      el('h2', { id: heading }, options.title),
      info,
      options.controls && el('div', { class: 'panel-controls' }, ...options.controls),
      csv,
    ),
    about,
    age.root,
    body,
  );
  let latest: unknown;
  const show: Panel['show'] = async (load, render) => {
    latest = load;
    root.setAttribute('aria-busy', 'true');
    if (!body.hasChildNodes()) body.append(el('p', { class: 'state' }, words.states.loading));
    let isDrafted = false;
    const put = (shown: Parameters<typeof render>[0]): void => {
      const drawn = render(shown);
      if (isDrafted) swapIn(body, drawn);
      // What draws into itself again stays where it is, with its focus and its place in a list.
      else if (body.childNodes.length !== 1 || body.firstChild !== drawn) body.replaceChildren(drawn);
      age.tell(shown);
    };
    try {
      const answer = await load((earlier) => {
        if (latest !== load) return;
        put(earlier);
        isDrafted = true;
        root.removeAttribute('aria-busy');
      });
      if (latest !== load) return;
      put(answer);
    } catch (error) {
      // A newer question has taken over; it will fill the panel.
      if (latest !== load || (error instanceof DOMException && error.name === 'AbortError')) return;
      const again = el(
        'button',
        { type: 'button', class: 'again', onclick: () => void show(load, render) },
        words.states.retry,
      );
      if (isDrafted) age.failed(problem(words, error), again);
      else body.replaceChildren(el('div', { class: 'state' }, problem(words, error), again));
    }
    if (latest === load) root.removeAttribute('aria-busy');
  };
  return { root, show };
}

/** A choice of a few values, as buttons of which one is pressed. */
export function choice<T extends string | number>(
  label: string,
  values: readonly { value: T; text: string }[],
  chosen: T,
  choose: (value: T) => void,
): HTMLElement {
  const buttons = values.map(({ value, text }) =>
    el(
      'button',
      {
        type: 'button',
        'aria-pressed': String(value === chosen),
        'data-key': `${label} ${value}`,
        onclick: () => {
          buttons.forEach((button, i) => void button.setAttribute('aria-pressed', String(values[i]?.value === value)));
          choose(value);
        },
      },
      text,
    ),
  );
  return el('div', { class: 'choice', role: 'group', 'aria-label': label }, ...buttons);
}

/** A choice of many values, as a list that opens. */
export function pick<T extends string>(
  label: string,
  values: readonly { value: T; text: string }[],
  chosen: string,
  choose: (value: T) => void,
): HTMLElement {
  const list = el(
    'select',
    {
      'aria-label': label,
      'data-key': label,
      onchange: () => {
        const found = values.find(({ value }) => value === list.value);
        if (found) choose(found.value);
      },
    },
    ...values.map(({ value, text }) => el('option', { value, selected: value === chosen }, text)),
  );
  return list;
}

/** The attribution models, the six side by side first. */
export function modelChoice({ words }: Speech): { value: string; text: string }[] {
  const models = Object.entries({ ...words.models, ...words.people.moreModels });
  return [{ value: '', text: words.people.allModels }, ...models.map(([value, text]) => ({ value, text }))];
}

/** That a report has no rows, and where they would come from. */
export function emptyNote({ words }: Speech, report: keyof Answers): HTMLElement {
  const { needs, noNumber } = words.people;
  const told = Object.entries(needs).find(([name]) => name === report)?.[1];
  return el('p', { class: 'state' }, [noNumber, told].filter(Boolean).join(' '));
}

/** What a report remarks. */
export function notices({ words }: Speech, answer: object): Node[] {
  const list = 'notices' in answer && Array.isArray(answer.notices) ? answer.notices : [];
  return list.map((notice) => el('p', { class: 'note' }, words.people.note, words.people.notice(String(notice))));
}

/** A failure in the words of the page. */
export function reasonOf({ states }: Speech['words'], error: unknown): string {
  if (!(error instanceof ApiError)) return states.broken(String(error));
  return error.status === 0 ? states.unreachable : states.error(error.code, error.message);
}

/** The line that says so. */
export function problem(words: Speech['words'], error: unknown): HTMLElement {
  const reason = reasonOf(words, error);
  return el('p', { class: 'problem', role: 'alert' }, `${words.states.failed} ${reason}`);
}
