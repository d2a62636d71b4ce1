import type { Touch } from '../protocol/index.js';
import type { PinnedDraft } from './contracts.js';
import { readTouch } from './touch.js';

/** Keeps touches in memory from the first line of script until `attribution` is decided. */
export interface Escrow {
  /** Looks at the page of a call; a URL seen for the first time may be a touch. */
  notice(draft: PinnedDraft): void;
  /** Takes the touches out. */
  take(): Touch[];
}

/** Creates the escrow. Only the landing has a foreign referrer; later URLs are read for campaign values alone. */
export function createEscrow(): Escrow {
  let touches: Touch[] = [];
  let seenUrl = '';
  return {
    notice({ url, at, referrer }) {
      if (url === seenUrl) return;
      const touch = readTouch(url, seenUrl ? '' : referrer, at);
      seenUrl = url;
      if (touch) touches.push(touch);
    },
    take() {
      const taken = touches;
      touches = [];
      return taken;
    },
  };
}
