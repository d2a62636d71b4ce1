import { eventProduct, PRODUCTS } from '../shop/catalog.mjs';
import { afterSending, atHour, DAY, HOUR, letterNumber, moment } from './calendar.mjs';
import { createDevice, LIBRARY } from './device.mjs';
import { BROWSERS, CONSENTS, DOORS } from './mix.mjs';
import { createRandom } from './random.mjs';
import { orderProperties, visitEvents } from './visit.mjs';

/**
 * @typedef {import('./random.mjs').Random} Random
 * @typedef {import('../../dist/protocol/index.js').WireEvent} WireEvent
 * @typedef {{ origin: string, weeks: number, visitors: number, seed: number, until: number }} Plan `until`: its last
 *   millisecond, by convention the beginning of today, so that today belongs to the people who try the demo.
 */

/** Share of visits that end in an order, before the door's own factor. */
const ORDERS = 0.021;

/**
 * Some weeks of visitors who never were. The same plan gives the same events, ids included, so that sending them twice
 * changes nothing.
 * @param {Plan} plan
 * @returns {WireEvent[]} oldest first
 */
export function simulateHistory({ origin, weeks, visitors, seed, until }) {
  const random = createRandom(seed);
  const span = { from: until - weeks * 7 * DAY, weeks };
  const numbers = { order: 0, customer: 0 };
  const events = Array.from({ length: visitors }, () => visitorEvents(random, { origin, until, span, numbers })).flat();
  return events
    .filter(({ timestamp }) => Date.parse(timestamp) < until)
    .sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
}

/**
 * Everything one visitor does: visits a few hours or days apart, perhaps on two devices, perhaps an order at the counter.
 * @param {Random} random
 * @param {{ origin: string, until: number, span: { from: number, weeks: number }, numbers: { order: number, customer: number } }} world
 */
function visitorEvents(random, { origin, until, span, numbers }) {
  let at = moment(random, span);
  const lang = random.chance(0.86) ? 'fr' : 'en';
  const subscriber = random.chance(0.1);
  const customer = `C-sim${String((numbers.customer += 1)).padStart(5, '0')}`;
  const visits = 1 + (random.chance(0.34) ? Math.round(random.wait(1.9)) : 0) + (subscriber ? random.between(1, 3) : 0);
  const devices = devicesOf(random, lang, at, subscriber && random.chance(0.45) ? 2 : 1);
  /** @type {WireEvent[]} */
  const events = [];
  let known = false;
  for (let visit = 0; visit < visits && at < until; visit += 1) {
    const door = doorFor(random, visit, (at - span.from) / (7 * DAY), subscriber);
    if (door.burst) at = afterSending(random, at, door.burst);
    const device = devices[visit % devices.length] ?? devices[0];
    if (!device) break;
    const buys = random.chance(ORDERS * door.sells * (1 + 0.55 * visit));
    const named = subscriber || random.chance(0.6);
    events.push(
      ...visitEvents({
        random,
        device,
        lang,
        origin,
        at,
        door: dated(door, at),
        order: buys ? { id: orderId((numbers.order += 1)), ...(named && { customer }) } : undefined,
        customer: subscriber && visit < devices.length ? customer : undefined,
        signsIn: visit > 0,
      }),
    );
    known ||= subscriber || (buys && named);
    at += 2 * HOUR + random.wait(4.5 * DAY);
    if (random.chance(0.5)) at = atHour(random, Math.floor(at / DAY) * DAY);
  }
  if (known && random.chance(0.2))
    events.push(counterOrder(random, { lang, customer, at, id: orderId((numbers.order += 1)) }));
  return events;
}

/**
 * @param {Random} random
 * @param {'fr' | 'en'} lang
 * @param {number} bornAt
 * @param {number} count
 */
function devicesOf(random, lang, bornAt, count) {
  const { purposes } = random.pick(CONSENTS, ({ share }) => share);
  const locale = lang === 'fr' ? 'fr-FR' : random.pick(['en-GB', 'en-IE', 'de-DE', 'nl-NL']);
  return Array.from({ length: count }, (_, i) => {
    const offered = count === 1 ? BROWSERS : BROWSERS.filter(({ phone }) => phone === (i === 0));
    return createDevice(random, { purposes, browser: random.pick(offered, ({ share }) => share), locale, bornAt });
  });
}

/**
 * @param {Random} random
 * @param {number} visit
 * @param {number} week
 * @param {boolean} subscriber
 */
function doorFor(random, visit, week, subscriber) {
  return random.pick(DOORS, (door) => {
    if ((door.fromWeek ?? 0) > week || (door.burst && visit > 0 && !subscriber)) return 0;
    return visit === 0 ? door.fresh : door.again;
  });
}

/**
 * A newsletter has its number in its campaign's name.
 * @param {import('./mix.mjs').Door} door
 * @param {number} at
 * @returns {import('./mix.mjs').Door}
 */
function dated(door, at) {
  if (door.burst !== 'letter' || !door.touch) return door;
  return {
    ...door,
    touch: { ...door.touch, campaign: { ...door.touch.campaign, name: `letter-${letterNumber(at)}` } },
  };
}

/**
 * An order at the counter of a workshop: the till knows the customer number and nothing of any browser.
 * @param {Random} random
 * @param {{ lang: 'fr' | 'en', customer: string, at: number, id: string }} order
 * @returns {WireEvent}
 */
function counterOrder(random, { lang, customer, at, id }) {
  const product = { ...eventProduct(random.pick(PRODUCTS), lang), quantity: random.between(1, 2) };
  return {
    type: 'track',
    event: 'Order Completed',
    messageId: random.id(at),
    timestamp: new Date(at).toISOString(),
    userId: customer,
    properties: orderProperties(id, [product], 'counter'),
    context: { channel: 'store', library: LIBRARY },
  };
}

/** @param {number} number */
function orderId(number) {
  return `SIM-${String(number).padStart(4, '0')}`;
}
