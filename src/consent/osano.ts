import { attempt } from '../browser/attempt.js';
import type { ConsentSource } from '../browser/contracts.js';
import { type CategoryMap, choice } from './choice.js';

const CATEGORIES: CategoryMap = {
  analytics: 'ANALYTICS',
  attribution: 'MARKETING',
  personalization: 'PERSONALIZATION',
  advertising: 'MARKETING',
};

/**
 * Osano. `initialized` brings the stored choice, or nothing before there is one; `consent-saved` each later one. Ticking boxes
 * is no choice yet, and an opt-out of sale denies marketing. Before its script is there, the calls wait in the queue that
 * Osano documents for this. Source: developers.osano.com/cmp/javascript-api.
 */
export function osano(map: CategoryMap = CATEGORIES): ConsentSource {
  return {
    name: 'osano',
    watch(report) {
      let isStopped = false;
      const take = (consent: unknown) =>
        attempt(() => {
          if (isStopped) return;
          const { OPT_OUT, ...states } = Object(consent);
          if (OPT_OUT === 'ACCEPT') states.MARKETING = 'DENY';
          report(choice(map, (category) => states[category] === 'ACCEPT', consent !== undefined));
        });
      const page = window as Window & { Osano?: Osano };
      const platform = (page.Osano ??= createQueue());
      attempt(() => {
        const { cm } = platform;
        if (cm) for (const event of ['initialized', 'consent-saved']) cm.addEventListener(`osano-cm-${event}`, take);
        else for (const event of ['onInitialized', 'onConsentSaved']) platform(event, take);
      });
      return () => {
        isStopped = true;
      };
    },
  };
}

function createQueue(): Osano {
  const queue: Osano = (...call) => void queue.data?.push(call);
  queue.data = [];
  return queue;
}

interface Osano {
  (event: string, listener: (consent: unknown) => void): void;
  data?: unknown[];
  cm?: { addEventListener(event: string, listener: (consent: unknown) => void): void };
}
