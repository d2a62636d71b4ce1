import type { Person } from '../../../stores/contract.js';
import type { ExplainedTouch, Explanation } from '../../attribution/explain.js';
import { MODEL_NAMES } from '../../models/one-journey.js';
import { el } from '../dom.js';
import type { Speech } from '../language.js';
import { colourOf } from '../palette.js';
import { type Column, swatch, table } from '../table.js';

/** Why an order's touches have their credit: what was seen of each, the rule, and what each model gives it. */
export function explained(spoken: Speech, explanation: Explanation): HTMLElement {
  const { rows, order, at, value, currency, lookbackDays } = explanation;
  const speech = spoken.inCurrency(currency);
  const { person: texts, moreModels } = speech.words.people;
  const names = { ...speech.words.models, ...moreModels };
  const models = [...MODEL_NAMES, 'w-shaped' as const];
  const columns: Column<ExplainedTouch>[] = [
    { title: texts.time, value: (row) => row.at, show: (row) => speech.instant(row.at) },
    {
      title: speech.words.dimensions.channel,
      value: (row) => row.channel,
      show: (row) => swatch(speech.label(row.channel), colourOf(row.channel)),
    },
    { title: texts.why, value: (row) => row.ruleId, show: (row) => why(speech, row) },
    ...models.map((model) => ({
      title: names[model],
      number: true,
      value: (row: ExplainedTouch) => row.credits[model].revenue,
      show: (row: ExplainedTouch) => speech.money(row.credits[model].revenue),
      bar: (row: ExplainedTouch) => row.credits[model].conversions,
    })),
  ];
  return el(
    'div',
    {},
    el('h3', {}, texts.order(order, speech.instant(at), speech.money(value))),
    el('p', { class: 'about' }, texts.creditsAbout(lookbackDays)),
    table(columns, rows, { caption: texts.credits }),
  );
}

/** What was seen of a touch, and the rule that made a channel of it. */
function why(speech: Speech, { evidence, kind, ruleId, counts, assumed }: ExplainedTouch): Node {
  const { person: texts, values } = speech.words.people;
  const seen = evidence.map(texts.evidence).join(', ') || texts.nothing;
  const told = assumed ? texts.assumed : counts ? seen : texts.noCredit;
  const what = values.kinds?.[kind] ?? kind;
  return el('span', { class: 'long' }, told, el('small', { class: 'was' }, `${what}, ${texts.ruleOf(ruleId)}`));
}

/** Which events say that these identifiers are one person. */
export function identity(speech: Speech, { identifiers, edges }: Person): HTMLElement {
  const { person: texts } = speech.words.people;
  const day = (instant: string) => speech.instant(instant);
  const nameOf = ({ type, value }: { type: string; value: string }) => `${type} ${value}`;
  const links = edges.map(({ kind, between: [one, other], events, firstSeen }) =>
    el('li', {}, texts.link(nameOf(one), nameOf(other), events, day(firstSeen)), ' ', `(${texts.links[kind]})`),
  );
  const known = identifiers.map(({ type, value, firstSeen, lastSeen }) =>
    el('li', {}, texts.seen(type, value, day(firstSeen), day(lastSeen))),
  );
  return el(
    'div',
    {},
    el('h3', {}, texts.known),
    el('ul', { class: 'identifiers' }, ...known),
    el('h3', {}, texts.onePerson),
    links.length > 0 ? el('ul', { class: 'identifiers' }, ...links) : el('p', { class: 'note' }, texts.alone),
  );
}
