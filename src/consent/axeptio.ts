import { attempt } from '../browser/attempt.js';
import type { ConsentSource } from '../browser/contracts.js';
import { type CategoryMap, choice } from './choice.js';
import { jsonCookie } from './cookie.js';

const VENDORS: CategoryMap = {
  analytics: 'filrouge',
  attribution: 'filrouge',
  personalization: 'filrougepersonalization',
  advertising: 'filrougeads',
};

/**
 * Axeptio. Consent is given per vendor, so the project lists this one (its technical name is `filrouge`) or maps its own. A
 * choice made before is read from Axeptio's cookie at once; `cookies:complete` tells the later ones.
 * Source: support.axeptio.eu, "Axeptio Javascript SDK".
 */
export function axeptio(map: CategoryMap = VENDORS): ConsentSource {
  return {
    name: 'axeptio',
    watch(report) {
      let isStopped = false;
      const take = (choices: unknown) =>
        attempt(() => {
          const { $$completed, ...vendors } = choices as { [vendor: string]: unknown };
          if (!isStopped) report(choice(map, (vendor) => vendors[vendor], $$completed !== false));
        });
      const page = window as Window & AxeptioPage;
      take(jsonCookie('axeptio_cookies'));
      (page._axcb ??= []).push((sdk) => void attempt(() => sdk.on('cookies:complete', take, { replay: true })));
      return () => {
        isStopped = true;
      };
    },
  };
}

interface Sdk {
  on(event: string, listener: (choices: unknown) => void, options: { replay: boolean }): void;
}

interface AxeptioPage {
  _axcb?: { push(callback: (sdk: Sdk) => void): void };
}
