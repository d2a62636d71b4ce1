import { LEDGER_EVENTS } from '../../../protocol/index.js';
import type { StoredEvent } from '../../../stores/contract.js';
import type { ConsentRecord } from '../api.js';
import { el } from '../dom.js';
import type { Speech } from '../language.js';
import { table } from '../table.js';

/** What a person agreed to and when, and whether what is stored of them came after it. */
export function consentRecord(
  speech: Speech,
  { choices, actions }: ConsentRecord,
  timeline: readonly StoredEvent[],
): HTMLElement {
  const { person: texts } = speech.words.people;
  const removed = actions.map(({ at, removed, trimmed }) =>
    el('p', { class: 'note' }, texts.removed(speech.instant(at), removed, trimmed)),
  );
  return el(
    'div',
    {},
    el('h3', {}, texts.consent),
    ...proof(speech, choices, timeline).map((line) => el('p', {}, line)),
    choices.length > 0 ? choicesTable(speech, choices) : null,
    ...removed,
  );
}

/** Sentences that the data allow, no more. */
function proof(speech: Speech, choices: ConsentRecord['choices'], timeline: readonly StoredEvent[]): string[] {
  const { person: texts } = speech.words.people;
  const events = timeline.filter(({ event = '' }) => !LEDGER_EVENTS.includes(event));
  const stated = (answer: boolean) => events.filter((event) => analyticsOf(event) === answer);
  const [granted, denied] = [stated(true), stated(false)];
  const unstated = events.length - granted.length - denied.length;
  const lines = [texts.granted(granted.length, events.length)];
  if (unstated > 0) lines.push(texts.unstated(unstated));
  if (denied.length > 0) lines.push(texts.denied(denied.length));
  const [first] = choices;
  if (!first) return granted.length > 0 ? lines : [...lines, texts.noChoice];
  // What counts is when something left the device: an event may be of before the choice, which it waited for in memory.
  const arrivals = granted.map(({ receivedAt }) => receivedAt).sort();
  const early = arrivals.filter((arrival) => arrival < first.at);
  const [arrival] = arrivals;
  if (early.length > 0) lines.push(texts.before(early.length, speech.instant(first.at)));
  else if (arrival) lines.push(texts.noneBefore(speech.instant(first.at), speech.instant(arrival)));
  return lines;
}

function analyticsOf({ context }: StoredEvent): boolean | undefined {
  return context?.consent?.categoryPreferences?.analytics;
}

function choicesTable(speech: Speech, choices: ConsentRecord['choices']): HTMLElement {
  const { person: texts } = speech.words.people;
  const purposes: Readonly<Record<string, string>> = texts.purposes;
  const said = (preferences: ConsentRecord['choices'][number]['preferences']) =>
    Object.entries(preferences)
      .map(([name, granted]) => speech.words.people.told(purposes[name] ?? name, granted ? texts.yes : texts.no))
      .join(', ');
  type Choice = (typeof choices)[number];
  const platforms: Readonly<Record<string, string>> = texts.platforms;
  const text = (title: string, read: (row: Choice) => string) => ({
    ...{ title, value: read },
    show: (row: Choice) => el('span', { class: 'wrapped' }, read(row)),
  });
  return table(
    [
      { title: texts.time, value: (row) => row.at, show: (row) => speech.instant(row.at) },
      text(texts.choice, ({ preferences }) => said(preferences)),
      text(texts.platform, ({ source = '' }) => platforms[source] ?? source),
      text(texts.version, ({ version = '' }) => version),
      { title: texts.arrived, value: (row) => row.receivedAt, show: (row) => speech.instant(row.receivedAt) },
    ],
    choices,
    { caption: texts.choices },
  );
}
