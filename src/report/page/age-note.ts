import type { Dated } from '../answers/age.js';
import { el } from './dom.js';
import type { Speech } from './language.js';

/** The line of a panel that says of when its figures are. */
export interface AgeNote {
  root: HTMLElement;
  /** What is shown now: an answer, or one and that of the period before. One without a time leaves the line as it is. */
  tell(shown: unknown): void;
  /** Why no newer figures came; those that are shown stay. */
  failed(...why: Node[]): void;
}

/** The event by which a panel says that its figures began or ceased to be counted anew; it bubbles. */
const RECOUNTING = 'filrouge-recounting';

/** Makes the line; while figures are counted anew, `panel` has the attribute `data-recounting`. */
export function ageNote({ words, time }: Speech, panel: () => HTMLElement): AgeNote {
  const root = el('p', { class: 'as-of', hidden: true });
  const mark = (isRecounting: boolean): void => {
    if (panel().hasAttribute('data-recounting') === isRecounting) return;
    panel().toggleAttribute('data-recounting', isRecounting);
    panel().dispatchEvent(new Event(RECOUNTING, { bubbles: true }));
  };
  return {
    root,
    tell(shown) {
      const answers = answersIn(shown);
      const [first] = answers;
      if (!first) return;
      const isRecounting = answers.some(({ recounting }) => recounting);
      const said = time(first.asOf);
      root.replaceChildren(isRecounting ? words.age.recounting(said) : words.age.asOf(said));
      root.hidden = false;
      mark(isRecounting);
    },
    failed(...why) {
      root.append(' ', ...why);
      mark(false);
    },
  };
}

/** Says once that older figures are shown, and once that all are of now: to screen readers, when they are not busy. */
export function ageStatus({ words }: Speech, panels: HTMLElement): HTMLElement {
  const status = el('p', { class: 'hidden', role: 'status' });
  let isTold = false;
  panels.addEventListener(RECOUNTING, () => {
    const isRecounting = panels.querySelector('[data-recounting]') !== null;
    if (isRecounting === isTold) return;
    isTold = isRecounting;
    status.textContent = isRecounting ? words.age.older : words.age.fresh;
  });
  return status;
}

function answersIn(shown: unknown): Dated[] {
  if (typeof shown !== 'object' || shown === null) return [];
  if (isDated(shown)) return [shown];
  return ['now' in shown ? shown.now : undefined, 'before' in shown ? shown.before : undefined].filter(isDated);
}

function isDated(value: unknown): value is Dated {
  return typeof value === 'object' && value !== null && 'asOf' in value && typeof value.asOf === 'string';
}
