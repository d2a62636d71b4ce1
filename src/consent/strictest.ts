import type { ConsentSource } from '../browser/contracts.js';
import { everyPurpose } from '../browser/gate.js';
import { type Consent, type ConsentProof, PURPOSES } from '../protocol/index.js';

/**
 * Several sources as one, e.g. `strictest(gpc(), klaro())`: denied wins over pending, pending over granted. A source that has
 * not spoken yet holds everything; once it has, purposes it says nothing about are left to the others. A fixed state may
 * stand for a source: `strictest(gpc(), { analytics: 'granted' })` grants where the law asks for no banner, unless the
 * browser opts out.
 */
export function strictest(...sources: (ConsentSource | Partial<Consent>)[]): ConsentSource {
  return {
    name: sources.map((source) => ('watch' in source ? source.name : 'fixed')).join('+'),
    watch(report) {
      const reports: Partial<Consent>[] = sources.map((source) =>
        'watch' in source ? everyPurpose('pending') : source,
      );
      const heard = new Set<number>();
      let isStarted = false;
      const proofs: ConsentProof = {};
      const tell = () => isStarted && report(strictestOf(reports), proofs);
      const stops = sources.map((source, at) => {
        if (!('watch' in source)) return undefined;
        return source.watch((consent, proof) => {
          Object.assign(proofs, proof);
          reports[at] = { ...(heard.has(at) && reports[at]), ...consent };
          heard.add(at);
          tell();
        });
      });
      // One report for all that was known at once: a grant must not be told before the refusal beside it.
      isStarted = true;
      tell();
      return () => {
        for (const stop of stops) stop?.();
      };
    },
  };
}

/** The strictest state of each purpose that any of the reports names. */
function strictestOf(reports: readonly Partial<Consent>[]): Partial<Consent> {
  const consent: Partial<Consent> = {};
  for (const purpose of PURPOSES) {
    const states = reports.map((one) => one[purpose]);
    const state = STRICT_FIRST.find((one) => states.includes(one));
    if (state) consent[purpose] = state;
  }
  return consent;
}

const STRICT_FIRST = ['denied', 'pending', 'granted'] as const;
