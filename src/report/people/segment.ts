import type { Thread } from '../../stores/contract.js';
import { badQuery } from '../bad-query.js';
import type { Scene } from './scene.js';

/** Who is counted. */
export interface Segment {
  /** As it was asked for; null where all are counted. */
  name: string | null;
  /** Events that must be known to tell. */
  events: readonly string[];
  holds(thread: Thread, scene: Pick<Scene, 'from' | 'labelBy'>): boolean;
}

const EVERYBODY: Segment = { name: null, events: [], holds: () => true };

/** What a segment can be, for messages. */
export const SEGMENTS = 'identified, anonymous, new, returning, customers, prospects, or channel:NAME';

/**
 * Reads a segment: `identified` (a user id is known) or `anonymous`; `new` (first seen in the period) or `returning`;
 * `customers` (have ordered by the end of the period) or `prospects`; `channel:Email` (met that channel). People are in
 * it with all they did. Throws `BadQuery`.
 */
export function readSegment(text: string | undefined): Segment {
  if (text === undefined || text === '') return EVERYBODY;
  const fixed = FIXED[text];
  if (fixed) return { name: text, events: [], ...fixed };
  const channel = /^channel:(.+)$/.exec(text)?.[1];
  if (!channel) throw badQuery('segment', text, SEGMENTS);
  return {
    name: text,
    events: [],
    holds: ({ touches }, { labelBy }) =>
      touches.some(({ sourceKey }) => {
        const { label, detour } = labelBy(sourceKey, 'channel');
        return !detour && label === channel;
      }),
  };
}

const ordered = ({ events }: Thread): boolean => events.some(({ name }) => name === 'Order Completed');
const ORDERS = { events: ['Order Completed'] };

const FIXED: { readonly [name: string]: Omit<Segment, 'name' | 'events'> & { events?: readonly string[] } } = {
  identified: { holds: ({ identified }) => identified },
  anonymous: { holds: ({ identified }) => !identified },
  new: { holds: ({ firstSeen }, { from }) => Date.parse(firstSeen) >= from },
  returning: { holds: ({ firstSeen }, { from }) => Date.parse(firstSeen) < from },
  customers: { ...ORDERS, holds: ordered },
  prospects: { ...ORDERS, holds: (thread) => !ordered(thread) },
};
