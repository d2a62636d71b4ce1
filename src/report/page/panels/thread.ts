import type { Person, StoredEvent } from '../../../stores/contract.js';
import { el } from '../dom.js';
import type { Speech } from '../language.js';
import { table } from '../table.js';
import { whatHappened, where } from './live.js';

/** Events that are shown of one person; the newest. */
const SHOWN = 200;

/** What one person did, oldest first. `explain` is offered beside each conversion. */
export function thread(
  speech: Speech,
  { timeline }: Person,
  { goal, explain }: { goal: string; explain: (order: string) => void },
): HTMLElement {
  const texts = speech.words.people.person;
  const events = timeline.slice(-SHOWN).map((event) => ({
    timestamp: event.timestamp,
    what: whatHappened(speech, event),
    where: where(event),
    from: origin(event),
    order: event.event === goal ? orderOf(event) : undefined,
  }));
  // The events of a visit all name its campaign; it is told where it begins.
  const told = events.map((event, i) => ({ ...event, from: event.from === events[i - 1]?.from ? '' : event.from }));
  const whyButton = (order: string) =>
    el(
      'button',
      { type: 'button', class: 'small', 'aria-label': texts.whyOrderOf(order), onclick: () => explain(order) },
      texts.whyOrder,
    );
  const list = table(
    [
      { title: texts.time, value: (row) => row.timestamp, show: (row) => speech.instant(row.timestamp) },
      {
        title: texts.event,
        value: (row) => row.what,
        show: (row) => (row.order === undefined ? row.what : el('span', {}, row.what, ' ', whyButton(row.order))),
      },
      { title: texts.where, value: (row) => row.where, show: (row) => row.where },
      { title: texts.from, value: (row) => row.from, show: (row) => row.from },
    ],
    told,
    { caption: texts.timeline },
  );
  const rest = timeline.length > SHOWN ? el('p', { class: 'note' }, texts.latest(SHOWN)) : null;
  return el('div', {}, el('h3', {}, texts.timeline), list, rest);
}

/** What an order is asked for by. */
function orderOf({ properties, messageId }: StoredEvent): string {
  const id = properties?.order_id;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : messageId;
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
