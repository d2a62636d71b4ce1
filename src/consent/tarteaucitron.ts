import type { ConsentSource } from '../browser/contracts.js';
import { type CategoryMap, choice } from './choice.js';
import { lookout } from './lookout.js';

const SERVICES: CategoryMap = {
  analytics: 'filrouge',
  attribution: 'filrouge',
  personalization: 'filrougepersonalization',
  advertising: 'filrougeads',
};

/**
 * tarteaucitron.js. Consent is given per service, so the site adds this one to `tarteaucitron.services` and to its jobs, or
 * maps its own keys. Each service is decided by itself: waiting is pending. A key that is no job is denied once all jobs are
 * decided. Source: github.com/AmauriC/tarteaucitron.js, `tarteaucitron.js` 1.34.
 */
export function tarteaucitron(map: CategoryMap = SERVICES): ConsentSource {
  return {
    name: 'tarteaucitron',
    watch(report) {
      const look = () => {
        const { job, state } = (window as Window & { tarteaucitron?: Tarteaucitron }).tarteaucitron as Tarteaucitron;
        const isOpen = (key: string) => typeof state[key] !== 'boolean';
        const isAnyOpen = !job.length || job.some(isOpen);
        report(choice(map, (key) => (isOpen(key) && isAnyOpen ? 'pending' : state[key]), true));
      };
      const added = Object.values(map)
        .flat()
        .map((key) => ` ${key}_added`);
      return lookout(`tac.root_available tac.consent_updated${added.join('')}`, look);
    },
  };
}

interface Tarteaucitron {
  job: string[];
  state: { [key: string]: unknown };
}
