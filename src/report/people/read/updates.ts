import { amountIn, currencyIn, piecesIn, textIn } from './facts.js';
import type { WayEvent } from './way.js';

/** What an order was changed to. */
interface Update {
  at: number;
  messageId: string;
  value: number;
  currency: string;
  pieces: number | undefined;
}

/** An order as far as updates change it. */
export interface Updatable {
  orderId: string | undefined;
  at: number;
  currency: string | undefined;
  pieces?: number | undefined;
}

/**
 * Collects what orders were changed to, by order id, whoever said so (of those who are counted: in a segment, its people).
 * The latest that names an amount counts, unless it is from before the order.
 */
export function createUpdates() {
  const latest = new Map<string, Update>();
  return {
    add({ properties, ms, messageId }: WayEvent): void {
      const id = textIn(properties, 'order_id');
      const value = amountIn(properties);
      if (id === undefined || value === undefined) return;
      const known = latest.get(id);
      if (known && (known.at > ms || (known.at === ms && known.messageId > messageId))) return;
      latest.set(id, { at: ms, messageId, value, currency: currencyIn(properties), pieces: piecesIn(properties) });
    },
    /** What is other than the order said. */
    of({ orderId, at, currency, pieces }: Updatable) {
      const update = orderId === undefined ? undefined : latest.get(orderId);
      if (!update || update.at < at) return {};
      const { value } = update;
      return { value, currency: update.currency || currency, pieces: update.pieces ?? pieces, unpriced: false };
    },
  };
}
