import type { StoredEvent } from '../../../stores/contract.js';
import type { DashboardContext } from '../dashboard.js';
import { el } from '../dom.js';
import type { Speech } from '../language.js';
import { type Panel, panel } from '../panel.js';

/** The panel of the latest events, and what stops its asking. */
export interface Live {
  panel: Panel;
  stop(): void;
}

const WINDOW_MS = 5 * 60_000;
const EVERY_MS = 5_000;
const SHOWN = 25;

/** Asks for the events of the last five minutes again and again while the page is in sight. */
export function live({ speech, api, follow }: DashboardContext): Live {
  const { words } = speech;
  let paused = false;
  let stopped = false;
  const pause = el(
    'button',
    {
      type: 'button',
      class: 'quiet',
      onclick: () => {
        paused = !paused;
        pause.textContent = paused ? words.live.resume : words.live.pause;
      },
    },
    words.live.pause,
  );
  const box = panel(speech, { id: 'live', title: words.live.title, about: words.live.about, controls: [pause] });
  const draw = eventList(speech, follow);
  const load = () => api.eventsSince(new Date(Date.now() - WINDOW_MS).toISOString());
  const tick = async () => {
    if (stopped) return;
    if (!paused && document.visibilityState === 'visible') await box.show(load, draw);
    setTimeout(() => void tick(), EVERY_MS);
  };
  void tick();
  return {
    panel: box,
    stop: () => {
      stopped = true;
    },
  };
}

/** Draws the events; always into the same list, in which a reader may have scrolled. */
function eventList(speech: Speech, follow: DashboardContext['follow']): (events: readonly StoredEvent[]) => Node {
  const { words } = speech;
  const none = el('p', { class: 'state' }, words.live.none);
  const count = el('p', { class: 'note' });
  const list = el('ol', { class: 'events', tabindex: 0, 'aria-label': words.live.title });
  const full = el('div', {}, count, list);
  const lines = new Map<string, HTMLElement>();
  // Lines that are there already stay, with the focus that they may have.
  const update = (events: readonly StoredEvent[]) => {
    const wanted = events.map((event) => {
      const made = lines.get(event.messageId) ?? line(speech, event, follow);
      lines.set(event.messageId, made);
      return made;
    });
    const kept = new Set(wanted);
    for (const [id, one] of lines) {
      if (kept.has(one)) continue;
      one.remove();
      lines.delete(id);
    }
    for (const [i, one] of wanted.entries())
      if (list.children[i] !== one) list.insertBefore(one, list.children[i] ?? null);
  };
  return (events) => {
    if (events.length === 0) return none;
    count.textContent = words.live.count(events.length);
    const newest = [...events].sort((a, b) => (a.timestamp < b.timestamp ? 1 : -1)).slice(0, SHOWN);
    update(newest);
    return full;
  };
}

/** An event. The identifier behind the button is not shown. */
function line(speech: Speech, event: StoredEvent, follow: DashboardContext['follow']): HTMLElement {
  const { person: texts } = speech.words.people;
  const who = event.userId ?? event.anonymousId;
  const told = texts.threadOf(whatHappened(speech, event), speech.time(event.timestamp));
  const button =
    who &&
    el(
      'button',
      { type: 'button', class: 'small', 'aria-label': told, onclick: () => follow(who, 'person') },
      texts.thread,
    );
  return el(
    'li',
    { class: event.type },
    el('time', { datetime: event.timestamp }, speech.time(event.timestamp)),
    el('span', { class: 'what' }, whatHappened(speech, event)),
    el('span', { class: 'where' }, where(event)),
    button || null,
  );
}

/** The name of an event; of calls that have none, what they say. */
export function whatHappened({ words }: Speech, { event, type }: Pick<StoredEvent, 'event' | 'type'>): string {
  return event ?? (type === 'track' ? type : words.live.types[type]);
}

/** Page or channel; never an identifier. */
export function where(event: StoredEvent): string {
  return event.context?.page?.path ?? event.name ?? event.context?.channel ?? '';
}
