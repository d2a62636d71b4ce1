import { amountIn, currencyIn, eventsNamed, flagIn, piecesIn, sourceAt, textIn } from '../read/facts.js';
import type { Scene } from '../read/scene.js';
import { createTellings, readTelling, type Telling } from '../read/tellings.js';
import { createUpdates } from '../read/updates.js';
import type { Way, WayEvent } from '../read/way.js';

/** What the ledger reads. */
export const ORDER_EVENTS = ['Order Completed', 'Order Updated', 'Order Refunded', 'Order Cancelled'] as const;

/** Where an order was made when it states no channel: the web, or a server for it. */
const ONLINE = 'Online';

/** The place of orders in shops, as the channel rules call it. */
export const IN_STORE = 'In-store';

/** One order. */
export interface Purchase {
  orderId: string | undefined;
  messageId: string;
  at: number;
  /** As given for `buyer`. */
  buyer: number;
  value: number;
  /** Nothing said of it names an amount that is a number: `value` is 0. */
  unpriced: boolean;
  /** ISO code, upper case; '' where none is known. */
  currency: string;
  /** `Online`, or the channel that the event states: `In-store`, `App`, `Call Centre`, `Marketplace`, … */
  place: string;
  /** The label of the visit that it was made in, or of the latest before. */
  label: string;
  pieces: number | undefined;
  pickup: boolean;
  storeId: string | undefined;
  identified: boolean;
}

/** One refund, dated on its own. */
export interface Refund {
  orderId: string | undefined;
  at: number;
  /** Undefined where the event names no amount: then all of the order that is left. */
  value: number | undefined;
  currency: string;
  pieces: number | undefined;
}

/** An order as one event tells it. */
type Told = Omit<Purchase, 'value'> & Telling;

/** Orders and refunds of all people that were added, each once. */
export interface Books {
  purchases: Purchase[];
  /** With the order that each is of, where it is known. */
  refunds: (Refund & { value: number; of: Purchase | undefined })[];
  /** Orders that were cancelled; they are not among the purchases. */
  cancelled: Purchase[];
}

/**
 * Collects orders across web, server and till. The same order id counts once (tellings.ts; journeys and KPIs do the
 * same), with the amount and products of its latest update (updates.ts). A refund with a `refund_id` counts once. What is
 * refunded of an order in its currency never exceeds it.
 */
export function createLedger(scene: Pick<Scene, 'label' | 'stated' | 'direct' | 'asked' | 'home' | 'from'>) {
  const tellings = createTellings<Told>(scene);
  const refunds: Refund[] = [];
  const refundIds = new Set<string>();
  const cancelled = new Set<string>();
  const updates = createUpdates();

  const refund = ({ properties, ms }: WayEvent): void => {
    const id = textIn(properties, 'refund_id');
    if (id !== undefined && refundIds.has(id)) return;
    if (id !== undefined) refundIds.add(id);
    refunds.push({
      orderId: textIn(properties, 'order_id'),
      at: ms,
      value: amountIn(properties),
      currency: currencyIn(properties),
      pieces: piecesIn(properties),
    });
  };
  return {
    /** `buyer` is a number of the person's, to find them again. */
    add(thread: Way, buyer = 0): void {
      for (const event of eventsNamed(thread, ...ORDER_EVENTS)) {
        const id = textIn(event.properties, 'order_id');
        if (event.name === 'Order Completed') tellings.add(readPurchase(scene, thread, event, buyer));
        else if (event.name === 'Order Refunded') refund(event);
        else if (event.name === 'Order Updated') updates.add(event);
        else if (id !== undefined) cancelled.add(id);
      }
    },
    close(): Books {
      const all: Purchase[] = tellings.all();
      const byOrder = new Map(all.map((purchase) => [purchase.orderId ?? '', purchase]));
      for (const purchase of all) Object.assign(purchase, updates.of(purchase));
      const counts = ({ currency }: { currency: string }) => scene.asked === undefined || currency === scene.asked;
      const home = soleCurrency(all, scene.home);
      for (const purchase of all) purchase.currency ||= home;
      const isCancelled = ({ orderId }: Purchase) => orderId !== undefined && cancelled.has(orderId);
      return {
        purchases: all.filter((one) => !isCancelled(one) && counts(one)),
        cancelled: all.filter((one) => isCancelled(one) && counts(one)),
        refunds: settle(refunds, byOrder, { home, cancelled }).filter(counts),
      };
    },
  };
}

/** Where something happened: the channel that the event states, else `In-store` with a till's own fields, else `Online`. */
export function placeOf({ stated }: Pick<Scene, 'stated'>, { channel, properties }: WayEvent): string {
  const till = textIn(properties, 'pos_id', 'receipt_id') !== undefined;
  const place = stated(channel ?? textIn(properties, 'channel'));
  return place ?? (till ? IN_STORE : ONLINE);
}

const PICKUP =
  /^(pick-?up|in-?store-?pickup|store-?pickup|click-(and|n|&)-collect|click-collect|retrait(-magasin)?|collect)$/;

/** True for an order that is fetched in a shop. */
function isPickup(properties: WayEvent['properties']): boolean {
  const method = textIn(
    properties,
    'fulfilment',
    'fulfillment',
    'fulfilment_method',
    'fulfillment_method',
    'shipping_method',
  );
  return PICKUP.test((method ?? '').toLowerCase().replaceAll(/[ _]/g, '-')) || flagIn(properties, 'pickup') === true;
}

function readPurchase(
  scene: Pick<Scene, 'label' | 'stated' | 'direct'>,
  thread: Way,
  event: WayEvent,
  buyer: number,
): Told {
  const { properties, ms, visit } = event;
  const source = sourceAt(thread, ms, visit);
  // A till's order belongs to the shop, not to the visit of the evening before.
  const stated = visit === undefined ? scene.stated(event.channel) : undefined;
  const { orderId, at, messageId, interactive, value, unpriced, currency } = readTelling(event);
  return {
    orderId,
    at,
    messageId,
    interactive,
    value,
    unpriced,
    currency,
    buyer,
    place: placeOf(scene, event),
    label: stated ?? (source === undefined ? scene.direct : scene.label(source).label),
    pieces: piecesIn(properties),
    pickup: isPickup(properties),
    storeId: textIn(properties, 'store_id'),
    identified: thread.identified,
  };
}

/** Amounts without a currency are in that of the house; where that is not known, in the only one that is seen. */
function soleCurrency(purchases: readonly Purchase[], home: string | undefined): string {
  if (home !== undefined) return home;
  const seen = new Set(purchases.map(({ currency }) => currency).filter(Boolean));
  const [only] = seen;
  return seen.size === 1 && only !== undefined ? only : '';
}

/** Gives refunds their order and amount, oldest first. Those of cancelled orders are nothing that was ever earned. */
function settle(
  refunds: readonly Refund[],
  byOrder: ReadonlyMap<string, Purchase>,
  { home, cancelled }: { home: string; cancelled: ReadonlySet<string> },
): Books['refunds'] {
  const left = new Map<string, number>();
  const sorted = [...refunds].sort((a, b) => a.at - b.at || (a.value ?? 0) - (b.value ?? 0));
  return sorted.flatMap((refund) => {
    const { orderId } = refund;
    if (orderId !== undefined && cancelled.has(orderId)) return [];
    const of = orderId === undefined ? undefined : byOrder.get(orderId);
    // Some systems send what they give back as a negative amount.
    const asked = refund.value === undefined ? undefined : Math.abs(refund.value);
    if (!of || orderId === undefined) return [{ ...refund, of, value: asked ?? 0, currency: refund.currency || home }];
    const currency = refund.currency || of.currency;
    // Amounts in another currency are neither more nor less than the order's.
    if (currency !== of.currency && asked !== undefined) return [{ ...refund, of, value: asked, currency }];
    // Nor can anything be given back of what was itself given back.
    const rest = left.get(orderId) ?? Math.max(0, of.value);
    const value = Math.min(asked ?? rest, rest);
    left.set(orderId, rest - value);
    return [{ ...refund, of, value, currency: of.currency }];
  });
}
