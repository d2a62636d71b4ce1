import type { ThreadPart } from '../../../stores/contract.js';
import { badQuery } from '../../bad-query.js';
import type { Scene } from './scene.js';
import type { Way } from './way.js';

/** Who is counted. */
export interface Segment {
  /** As it was asked for; null where all are counted. */
  name: string | null;
  /** The part of people that it looks at. */
  looksAt?: ThreadPart;
  holds(thread: Way, scene: Pick<Scene, 'from' | 'to' | 'labelBy'>): boolean;
}

const EVERYBODY: Segment = { name: null, holds: () => true };

/** What a segment can be, for messages. */
const SEGMENTS = 'identified, anonymous, new, returning, customers, returning-customers, prospects, or channel:NAME';

/**
 * Reads a segment: `identified` (a user id is known) or `anonymous`; `new` (first seen in the period) or `returning`;
 * `customers` (have ordered by the end of the period), `returning-customers` (had ordered before it began) or `prospects`;
 * `channel:Email` (met that channel by the end of the period). People are in it with all they did. Throws `BadQuery`.
 */
export function readSegment(text: string | undefined): Segment {
  if (text === undefined || text === '') return EVERYBODY;
  const fixed = Object.hasOwn(FIXED, text) ? FIXED[text] : undefined;
  if (fixed) return { name: text, looksAt: 'facts', holds: fixed };
  const channel = /^channel:(.+)$/.exec(text)?.[1];
  if (!channel) throw badQuery('segment', text, SEGMENTS);
  return {
    name: text,
    looksAt: 'touches',
    holds: ({ touches }, { labelBy }) =>
      touches.some(({ sourceKey }) => {
        const { label, detour } = labelBy(sourceKey, 'channel');
        return !detour && label === channel;
      }),
  };
}

const ordered: Segment['holds'] = ({ firstOrdered }, { to }) => firstOrdered !== undefined && firstOrdered < to;

const FIXED: { readonly [name: string]: Segment['holds'] } = {
  identified: ({ identified }) => identified,
  anonymous: ({ identified }) => !identified,
  new: ({ firstSeen }, { from }) => firstSeen >= from,
  returning: ({ firstSeen }, { from }) => firstSeen < from,
  customers: ordered,
  'returning-customers': ({ firstOrdered }, { from }) => firstOrdered !== undefined && firstOrdered < from,
  prospects: (thread, scene) => !ordered(thread, scene),
};
