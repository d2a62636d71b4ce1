import { attempt } from '../browser/attempt.js';
import type { ConsentSource } from '../browser/contracts.js';
import { type CategoryMap, choice } from './choice.js';
import { arrival } from './lookout.js';

const SERVICES: CategoryMap = {
  analytics: 'filrouge',
  attribution: 'filrouge',
  personalization: 'filrougepersonalization',
  advertising: 'filrougeads',
};

/**
 * Klaro 0.7. Consent is given per service, so the site lists this one (`{ name: 'filrouge', … }`) or maps its own names.
 * Follows what was saved, not what is being ticked; unconfirmed (first visit, new services, reset) is undecided. With a
 * bundler, put Klaro on the window: `window.klaro = Klaro`. Source: klaro.org/docs and its `consent-manager.js`.
 */
export function klaro(map: CategoryMap = SERVICES): ConsentSource {
  return {
    name: 'klaro',
    watch(report) {
      const controller = new AbortController();
      const { signal } = controller;
      let leave: (() => void) | undefined;
      const follow = (manager: Manager) => {
        const look = () =>
          signal.aborted || report(choice(map, (name) => manager.savedConsents[name], manager.confirmed));
        const watcher = { update: () => queueMicrotask(() => attempt(look)) };
        leave?.();
        leave = () => manager.unwatch(watcher);
        manager.watch(watcher);
        look();
      };
      arrival(() => {
        const page = (window as Window & { klaro?: Klaro }).klaro;
        // Told of past renderings too. To ask for the manager earlier would start the site's services before Klaro does.
        page?.addEventListener(
          'render',
          (config) => void attempt(() => signal.aborted || follow(page.getManager(config))),
        );
        return page;
      }, signal);
      return () => {
        controller.abort();
        attempt(() => leave?.());
      };
    },
  };
}

interface Klaro {
  addEventListener(type: 'render', handler: (config: unknown) => void): void;
  getManager(config: unknown): Manager;
}

interface Manager {
  confirmed: boolean;
  savedConsents: { [service: string]: boolean };
  watch(watcher: object): void;
  unwatch(watcher: object): void;
}
