import { el, svg } from './dom.js';
import { type Filters, PRESETS, type Preset, periodBefore } from './filters.js';
import type { Language, Speech } from './language.js';
import { choice, pick } from './panel.js';

/** Events of the Segment spec that people often set as a goal; any other name can be typed. */
const GOALS = [
  'Order Completed',
  'Checkout Started',
  'Product Added',
  'Product Viewed',
  'Products Searched',
  'Signed Up',
  'Lead Generated',
  'Form Submitted',
];

/** The head of the page: the name, its thread, the language, the way out. */
export function pageHeader(speech: Speech, speakIn: (language: Language) => void, leave?: () => void): HTMLElement {
  const { words } = speech;
  return el(
    'header',
    { class: 'top' },
    el('a', { class: 'skip', href: '#figures' }, words.skip),
    el('h1', { class: 'brand' }, thread(), el('span', {}, 'filrouge'), el('small', {}, words.title)),
    el(
      'div',
      { class: 'top-right' },
      choice<Language>(
        words.language,
        [
          { value: 'en', text: 'EN' },
          { value: 'fr', text: 'FR' },
        ],
        speech.language,
        speakIn,
      ),
      leave && el('button', { type: 'button', class: 'quiet', onclick: leave }, words.signIn.leave),
    ),
  );
}

/** Period, goal, bots, comparison. Each change is applied at once. */
export function filterBar(speech: Speech, filters: Filters, apply: (change: Partial<Filters>) => void): HTMLElement {
  const { words } = speech;
  const named = { 'last-week': words.filters.lastWeek, 'last-month': words.filters.lastMonth };
  const periods = PRESETS.map((value) => ({
    value,
    text: typeof value === 'string' ? named[value] : value === 1 ? words.filters.today : words.filters.days(value),
  }));
  const date = (name: 'from' | 'to') =>
    el('input', {
      type: 'date',
      'data-key': name,
      'aria-label': words.filters[name],
      value: filters[name],
      ...(name === 'from' ? { max: filters.to } : { min: filters.from }),
      onchange: (event) => {
        const day = event.target instanceof HTMLInputElement ? event.target.value : '';
        if (!day) return;
        // Typed dates know no limits: an end before the start would be no period.
        const other = name === 'from' ? 'to' : 'from';
        const isTurned = name === 'from' ? day > filters.to : day < filters.from;
        apply({ preset: 'custom', [name]: day, ...(isTurned && { [other]: day }) });
      },
    });
  return el(
    'form',
    { class: 'filters', 'aria-label': words.filters.label, onsubmit: (event) => event.preventDefault() },
    choice<Preset>(words.filters.period, periods, filters.preset === 'custom' ? 0 : filters.preset, (preset) =>
      apply({ preset }),
    ),
    el('span', { class: 'dates' }, date('from'), el('span', { 'aria-hidden': 'true' }, '–'), date('to')),
    el(
      'label',
      { class: 'goal' },
      el('span', {}, words.filters.goal),
      el('input', {
        list: 'goals',
        'data-key': 'goal',
        value: filters.goal,
        spellcheck: 'false',
        onchange: (event) => {
          const goal = event.target instanceof HTMLInputElement ? event.target.value.trim() : '';
          if (goal) apply({ goal });
        },
      }),
      el('datalist', { id: 'goals' }, ...GOALS.map((goal) => el('option', { value: goal }))),
    ),
    segmentPick(speech, filters, apply),
    toggle('compare', {
      text: words.filters.compare,
      more: spanBefore(speech, filters),
      isOn: filters.compare,
      change: (compare) => apply({ compare }),
    }),
    toggle('bots', { text: words.filters.bots, isOn: filters.bots, change: (bots) => apply({ bots }) }),
    knownOn(speech, filters, apply),
  );
}

/** What is shown, in a line for paper, where there are no controls. */
export function printedFilters(speech: Speech, filters: Filters): HTMLElement {
  const { words } = speech;
  const { told, segment: people, segments } = words.people;
  const segment = Object.hasOwn(segments, filters.segment) ? Object.entries(segments) : [];
  const parts = [
    `${speech.day(filters.from, 'long')} – ${speech.day(filters.to, 'long')}`,
    told(words.filters.goal, filters.goal),
    told(people, segment.find(([value]) => value === filters.segment)?.[1] ?? filters.segment),
    filters.compare && `${words.filters.compare} (${spanBefore(speech, filters)})`,
    filters.bots && words.filters.bots,
    filters.known && told(words.filters.known, speech.day(filters.known, 'long')),
  ];
  return el('p', { class: 'printed' }, parts.filter(Boolean).join(' · '));
}

/** The day whose state of knowledge is shown; marked while there is one, because the figures are not today's. */
function knownOn({ words }: Speech, { known }: Filters, apply: (change: Partial<Filters>) => void): HTMLElement {
  const input = el('input', {
    type: 'date',
    'data-key': 'known',
    value: known,
    'aria-describedby': 'known-about',
    onchange: () => apply({ known: input.value }),
  });
  return el(
    'label',
    { class: known ? 'goal known' : 'goal', title: words.filters.knownAbout },
    el('span', {}, words.filters.known),
    input,
    el('span', { class: 'hidden', id: 'known-about' }, words.filters.knownAbout),
  );
}

/** Who is counted. A channel comes from the address, e.g. `segment=channel:Email`. */
function segmentPick({ words }: Speech, { segment }: Filters, apply: (change: Partial<Filters>) => void): HTMLElement {
  const values: { value: string; text: string }[] = Object.entries(words.people.segments).map(([value, text]) => ({
    value,
    text,
  }));
  if (!values.some(({ value }) => value === segment)) values.push({ value: segment, text: segment });
  return el(
    'label',
    { class: 'goal' },
    el('span', {}, words.people.segment),
    pick(words.people.segment, values, segment, (chosen) => apply({ segment: chosen })),
  );
}

/** The way to the parts of a long page. */
export function sectionNav({ words }: Speech): HTMLElement {
  const links = Object.entries(words.people.sections).map(([id, text]) =>
    // That panel shows itself and its link where there is something to see.
    el('li', { hidden: id === 'audience' }, el('a', { href: `#${id}` }, text)),
  );
  return el('nav', { class: 'sections', 'aria-label': words.people.nav }, el('ul', {}, ...links));
}

/** Which days the period before has. */
function spanBefore(speech: Speech, filters: Filters): string {
  const { from, to } = periodBefore(filters);
  return from === to ? speech.day(from) : `${speech.day(from)} – ${speech.day(to)}`;
}

interface Toggle {
  text: string;
  /** What else is said of it. */
  more?: string;
  isOn: boolean;
  change(isOn: boolean): void;
}

function toggle(key: string, { text, more, isOn, change }: Toggle): HTMLElement {
  const about = more === undefined ? '' : `${key}-about`;
  const box = el('input', {
    ...{ type: 'checkbox', 'data-key': key, checked: isOn, onchange: () => change(box.checked) },
    ...(about && { 'aria-describedby': about }),
  });
  const label = el('label', {}, box, text);
  return el('span', { class: 'toggle' }, label, about ? el('small', { id: about }, more) : null);
}

/** The red thread, and the needle it hangs on. */
function thread(): SVGElement {
  return svg(
    'svg',
    { class: 'mark', viewBox: '0 0 34 28', 'aria-hidden': 'true' },
    svg('path', { class: 'needle', d: 'M31 2 L13 25' }),
    svg('path', { class: 'thread', d: 'M29.5 4.2 C 24 -1, 15 3, 18 9 S 28 18, 20 20 S 8 10, 2 18' }),
  );
}
