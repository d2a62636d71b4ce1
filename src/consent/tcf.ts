import type { ConsentSource } from '../browser/contracts.js';
import { everyPurpose } from '../browser/gate.js';
import type { ConsentState } from '../protocol/index.js';
import { type CategoryMap, choice } from './choice.js';
import { frame } from './frame.js';
import { iab } from './iab.js';

/** The purposes of TCF 2.2 and 2.3 that stand for ours: 1 storage, 2-4 ads, 5 and 6 content, 7 and 8 measurement. */
export const TCF_PURPOSES: CategoryMap<number> = {
  analytics: [1, 8],
  attribution: [1, 7],
  personalization: [1, 5, 6],
  advertising: [1, 2, 3, 4, 7],
};

/** How a TCF answer is read. */
export interface TcfOptions {
  /** Which consents to read: those to vendors (default), or to the publisher, right for a site that only serves itself. */
  consents?: 'purpose' | 'publisher';
  /** The state of all purposes where the platform says that the GDPR does not apply. Default `granted`. */
  outside?: ConsentState;
}

/**
 * IAB Transparency and Consent Framework 2.2 and 2.3. Acts on a stored or a completed choice only; while the banner is
 * shown, or as long as the platform does not know whether the GDPR applies, nothing is said. Legitimate interest never grants.
 */
export function tcf(
  map: CategoryMap<number> = TCF_PURPOSES,
  { consents = 'purpose', outside = 'granted' }: TcfOptions = {},
): ConsentSource {
  return {
    name: 'tcf',
    watch: (report) =>
      iab(
        '__tcfapi',
        [2],
        (data) => {
          const tc = data as TcData;
          if (tc.gdprApplies === false) report(everyPurpose(outside));
          // While the banner is shown again, what was said stands.
          else if (tc.gdprApplies && tc.eventStatus !== 'cmpuishown') {
            report(
              choice(map, (id) => tc[consents].consents[id], true),
              { version: `${tc.tcfPolicyVersion}`, string: tc.tcString },
            );
          }
        },
        frame,
      ),
  };
}

interface Consents {
  consents: { [id: number]: unknown };
}

interface TcData {
  gdprApplies?: boolean;
  tcString: string;
  tcfPolicyVersion: number;
  eventStatus: 'tcloaded' | 'useractioncomplete' | 'cmpuishown';
  purpose: Consents;
  publisher: Consents;
}
