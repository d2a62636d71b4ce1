import { compareTexts } from '../../../stores/compare-texts.js';
import { chooseCurrency, countCurrencies } from '../../currency.js';
import { bucketOf } from '../buckets.js';
import type { Scene } from '../read/scene.js';
import type { Way } from '../read/way.js';
import { createLedger, type Purchase, type Refund } from './ledger.js';

/** A touch as reports over people see it: returns from payment pages are none. */
export interface LabelledPoint {
  at: number;
  label: string;
}

/** One person who ordered, with all that is theirs up to the end of the period. */
export interface Buyer {
  /** Oldest first; never none. Those in other currencies than the book's, where they are kept, have the value 0. */
  orders: Purchase[];
  refunds: (Refund & { value: number })[];
  touches: readonly LabelledPoint[];
  /** The last visit, touch, order or other known event. */
  lastSeen: number;
  /** Ordered in the book's currency: of others it is not known what they brought. */
  valued: boolean;
}

/** What a book keeps besides. */
export interface BuyerBookOptions {
  /** What people met, for reports that ask which channels. */
  touches?: boolean;
  /** Orders in any currency, for reports that count orders. */
  allOrders?: boolean;
}

/** The people who ordered. Others are forgotten at once, so memory grows with customers and not with visitors. */
export interface BuyerBook {
  add(thread: Way): void;
  /** In one currency: `currency`. Orders in others are left out, or kept without value; `notices` says how many. */
  close(): { buyers: Buyer[]; currency: string | null; notices: string[] };
}

/** How customers can be grouped: by the channel that brought them first, the month or the place of their first order. */
export const CUSTOMER_GROUPS = ['channel', 'month', 'place'] as const;

/** The group of a customer; by channel, the book must have kept touches. */
export function groupOf({ orders, touches }: Buyer, by: (typeof CUSTOMER_GROUPS)[number], scene: Scene): string {
  const [first] = orders;
  if (!first) return '';
  if (by === 'place') return first.place;
  if (by === 'month') return bucketOf(scene.dayOf(first.at), 'month');
  return touches[0] && touches[0].at <= first.at ? touches[0].label : first.label;
}

/** Collects buyers. */
export function createBuyerBook(
  scene: Scene,
  { touches = false, allOrders = false }: BuyerBookOptions = {},
): BuyerBook {
  const ledger = createLedger(scene);
  const kept: Pick<Buyer, 'touches' | 'lastSeen'>[] = [];
  return {
    add(thread) {
      if (!thread.events.some(({ name }) => name === 'Order Completed')) {
        // A refund or cancellation may come from a till that does not know the customer.
        if (thread.events.length > 0) ledger.add(thread, -1);
        return;
      }
      ledger.add(thread, kept.length);
      kept.push({ touches: touches ? pointsOf(scene, thread) : [], lastSeen: thread.lastSeen });
    },
    close() {
      const { purchases, refunds } = ledger.close();
      const { add, seen } = countCurrencies();
      for (const { currency } of purchases) add(currency);
      const { currency, counts, notices } = chooseCurrency(seen, scene);
      const buyers = kept.map((one): Buyer => ({ ...one, orders: [], refunds: [], valued: false }));
      let others = 0;
      for (const purchase of purchases) {
        const isIn = counts(purchase.currency);
        if (!isIn) others += 1;
        const buyer = buyers[purchase.buyer];
        if (!buyer || !(isIn || allOrders)) continue;
        buyer.orders.push(isIn ? purchase : { ...purchase, value: 0 });
        buyer.valued ||= isIn;
      }
      for (const refund of refunds) {
        if (refund.of && counts(refund.currency)) buyers[refund.of.buyer]?.refunds.push(refund);
      }
      return {
        buyers: buyers.filter(({ orders }) => orders.length > 0),
        currency,
        notices: allOrders ? notices : others > 0 ? [leftOut(others, currency)] : [],
      };
    },
  };
}

/** What a buyer was worth in a span of time: orders less refunds, each at its own time. */
export function worth({ orders, refunds }: Buyer, from: number, to: number): number {
  const sum = (list: readonly { at: number; value: number }[]) =>
    list.reduce((total, { at, value }) => (from <= at && at < to ? total + value : total), 0);
  return sum(orders) - sum(refunds);
}

/** The touches of a person with their labels, oldest first; of one time by label. */
export function pointsOf({ label }: Pick<Scene, 'label'>, way: Way): LabelledPoint[] {
  const points: LabelledPoint[] = [];
  for (let i = 0, at = way.touchTime(i); at !== undefined; i += 1, at = way.touchTime(i)) {
    // An opened mail or a seen banner is no step that somebody took.
    if (way.touchKind(i) === 'view') continue;
    const found = label(way.touchSource(i));
    if (!found.detour) points.push({ at, label: found.label });
  }
  return isRising(points) ? points : points.sort((a, b) => a.at - b.at || compareTexts(a.label, b.label));
}

/** Of nearly everybody, who then need not be sorted. */
function isRising(points: readonly LabelledPoint[]): boolean {
  for (let i = 1; i < points.length; i += 1) if ((points[i]?.at ?? 0) <= (points[i - 1]?.at ?? 0)) return false;
  return true;
}

function leftOut(orders: number, currency: string | null): string {
  return `Orders left out because they are not in ${currency ?? 'a known currency'}: ${orders}. Ask for another with the parameter "currency".`;
}
