import type { ConsentSource } from '../browser/contracts.js';
import type { Consent, Purpose } from '../protocol/index.js';
import { lookout } from './lookout.js';

/** How the browser's own signal is read. */
export interface GpcOptions {
  /** What the signal denies. Default attribution and advertising: sale, sharing and following across sites. */
  deny?: readonly Purpose[];
  /** Honours the older Do Not Track as well. Default false. */
  dnt?: boolean;
}

/**
 * Global Privacy Control, a binding opt-out of the visitor in the browser. Its absence says nothing at all, so it is used
 * beside a banner, or a fixed state: `strictest(gpc(), klaro())`. Looked at again when the page comes back into view; what
 * it denied stays denied until the next page. Source: w3.org/TR/gpc.
 */
export function gpc({ deny = ['attribution', 'advertising'], dnt = false }: GpcOptions = {}): ConsentSource {
  return {
    name: 'gpc',
    watch: (report) =>
      lookout('visibilitychange', () => {
        const { globalPrivacyControl, doNotTrack } = navigator as Navigator & {
          globalPrivacyControl?: unknown;
          doNotTrack?: unknown;
        };
        const isOut = globalPrivacyControl === true || (dnt && doNotTrack === '1');
        const consent: Partial<Consent> = {};
        if (isOut) for (const purpose of deny) consent[purpose] = 'denied';
        report(consent);
      }),
  };
}
