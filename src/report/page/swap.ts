/**
 * Puts newer figures in the place of older ones of the same question, under the eyes and hands of a reader: what has the focus
 * keeps it, tables stay sorted and scrolled as they are, definitions stay open, and what is below stays where it is.
 */
export function swapIn(body: HTMLElement, drawn: Node): void {
  const focused = placeOf(body, document.activeElement);
  const states = KEPT.map(({ selector, read }) => [...body.querySelectorAll<HTMLElement>(selector)].map(read));
  const before = body.getBoundingClientRect();
  body.replaceChildren(drawn);
  for (const [i, { selector, write }] of KEPT.entries()) {
    for (const [n, element] of [...body.querySelectorAll<HTMLElement>(selector)].entries()) {
      const state = states[i]?.[n];
      if (state !== undefined) write(element, state);
    }
  }
  // WebKit does not hold the page by itself when something above the window grows.
  const grown = body.getBoundingClientRect().height - before.height;
  if (grown !== 0 && before.bottom < 0 && !CSS.supports('overflow-anchor', 'auto')) window.scrollBy(0, grown);
  if (focused) find(body, focused)?.focus({ preventScroll: true });
}

interface Kept {
  selector: string;
  read(element: HTMLElement): string;
  write(element: HTMLElement, state: string): void;
}

const KEPT: readonly Kept[] = [
  {
    selector: 'details',
    read: (element) => (element.hasAttribute('open') ? 'open' : ''),
    write: (element, state) => void element.toggleAttribute('open', state === 'open'),
  },
  {
    selector: 'thead th',
    read: (heading) => heading.getAttribute('aria-sort') ?? '',
    write: (heading, state) => {
      // The first use of a heading sorts one way, the second the other.
      for (let i = 0; state && i < 2 && heading.getAttribute('aria-sort') !== state; i += 1)
        heading.querySelector('button')?.click();
    },
  },
  {
    selector: '.table-box',
    read: (box) => `${box.scrollLeft} ${box.scrollTop}`,
    write: (box, state) => {
      const [left = 0, top = 0] = state.split(' ').map(Number);
      box.scrollTo(left, top);
    },
  },
];

const FOCUSABLE = 'a[href], button, input, select, summary, [tabindex]';

/** Where something stands among all that can have the focus, and among those that are called the same: rows come and go. */
interface Place {
  name: string;
  nth: number;
  index: number;
}

function nameOf(element: Element): string {
  return [
    element.tagName,
    element.getAttribute('data-key'),
    element.getAttribute('aria-label') ?? element.textContent,
  ].join();
}

function placeOf(body: HTMLElement, element: Element | null): Place | undefined {
  if (!element || !body.contains(element)) return undefined;
  const all = [...body.querySelectorAll(FOCUSABLE)];
  const name = nameOf(element);
  return { name, nth: all.filter((other) => nameOf(other) === name).indexOf(element), index: all.indexOf(element) };
}

function find(body: HTMLElement, { name, nth, index }: Place): HTMLElement | undefined {
  const all = [...body.querySelectorAll<HTMLElement>(FOCUSABLE)];
  return all.filter((other) => nameOf(other) === name)[nth] ?? all[Math.min(index, all.length - 1)];
}
