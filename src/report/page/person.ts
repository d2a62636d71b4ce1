import type { Person, StoredEvent } from '../../stores/contract.js';
import type { Explanation } from '../explain.js';
import { ApiError } from './api.js';
import type { Asking, DashboardContext } from './dashboard.js';
import { el } from './dom.js';
import { AS_KNOWN_AT } from './filters.js';
import type { Speech } from './language.js';
import { whatHappened, where } from './live.js';
import { colourOf } from './palette.js';
import { panel } from './panel.js';
import { swatch, table } from './table.js';

/** Events that are shown of one person; the newest. */
const SHOWN = 200;

/** What one person did, found by an order number or an identifier. Nothing of it goes into the address. */
export function personPanel({ api, speech, filters }: DashboardContext): Asking {
  const { people } = speech.words;
  const texts = people.person;
  const box = panel(speech, { id: 'person', ...people.panels.person });
  const input = el('input', {
    id: 'person-name',
    required: true,
    autocomplete: 'off',
    spellcheck: 'false',
    'data-key': 'person',
  });
  const found = panelBody(box.root);
  const explained = (name: string) => {
    const { goal, lookback, known, timezone } = filters();
    return api.explain(name, { goal, lookback, ...(known && { [AS_KNOWN_AT]: known, timezone }) });
  };
  const look = async () => {
    const name = input.value.trim();
    const explanation = await orNothing(explained(name));
    const person = await orNothing(api.person(explanation?.person ?? name));
    if (!person && !explanation) return el('p', { class: 'state', role: 'status' }, texts.none);
    return el('div', {}, explanation && credits(speech, explanation), person && thread(speech, person));
  };
  const form = el(
    'form',
    {
      class: 'find',
      onsubmit: (event) => {
        event.preventDefault();
        void box.show(look, (node) => node);
      },
    },
    el('label', { for: 'person-name' }, texts.label),
    input,
    el('button', { type: 'submit', class: 'primary' }, texts.show),
  );
  found.before(form);
  return { root: box.root, ask: () => {} };
}

function panelBody(root: HTMLElement): Element {
  return root.querySelector('.panel-body') ?? root;
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

function credits(spoken: Speech, { rows, value, currency }: Explanation): Node {
  const speech = spoken.inCurrency(currency);
  const { words } = speech;
  const texts = words.people.person;
  const credit = (model: 'first' | 'last' | 'linear' | 'position', title: string) => ({
    title,
    number: true,
    value: (row: (typeof rows)[number]) => row.credits[model].revenue,
    show: (row: (typeof rows)[number]) => speech.money(row.credits[model].revenue),
  });
  return el(
    'div',
    {},
    el('h3', {}, `${texts.credits} (${speech.money(value)})`),
    table(
      [
        {
          title: texts.time,
          value: (row) => row.at,
          show: (row) => speech.instant(row.at),
        },
        {
          title: words.dimensions.channel,
          value: (row) => row.channel,
          show: (row) => swatch(speech.label(row.channel), colourOf(row.channel)),
        },
        { title: texts.rule, value: (row) => row.ruleId, show: (row) => row.ruleId },
        credit('first', texts.first),
        credit('last', texts.last),
        credit('linear', texts.linear),
        credit('position', texts.position),
      ],
      rows,
      { caption: texts.credits },
    ),
  );
}

function thread(speech: Speech, { identifiers, timeline }: Person): Node {
  const texts = speech.words.people.person;
  const events = timeline.slice(-SHOWN).map((event) => ({
    timestamp: event.timestamp,
    what: whatHappened(speech, event),
    where: where(event),
    from: origin(event),
  }));
  // The events of a visit all name its campaign; it is told where it begins.
  const told = events.map((event, i) => ({ ...event, from: event.from === events[i - 1]?.from ? '' : event.from }));
  return el(
    'div',
    {},
    el('h3', {}, texts.known),
    el(
      'ul',
      { class: 'identifiers' },
      ...identifiers.map(({ type, value }) => el('li', {}, speech.words.people.told(type, value))),
    ),
    el('h3', {}, texts.timeline),
    table(
      [
        {
          title: texts.time,
          value: (row) => row.timestamp,
          show: (row) => speech.instant(row.timestamp),
        },
        { title: texts.event, value: (row) => row.what, show: (row) => row.what },
        { title: texts.where, value: (row) => row.where, show: (row) => row.where },
        { title: texts.from, value: (row) => row.from, show: (row) => row.from },
      ],
      told,
      { caption: texts.timeline },
    ),
  );
}

/** The campaign that an event names, as its link did, else the site that it came from. */
function origin({ context }: StoredEvent): string {
  const { source, medium, name } = context?.campaign ?? {};
  const campaign = [source, medium, name].filter(Boolean).join(' / ');
  const { referrer, url } = context?.page ?? {};
  const from = hostOf(referrer);
  // From one page of the site to the next is from nowhere.
  return campaign || (from === hostOf(url) ? '' : from);
}

function hostOf(address: string | undefined): string {
  return address && URL.canParse(address) ? new URL(address).host : '';
}
