import { attempt } from '../browser/attempt.js';
import type { ConsentSource } from '../browser/contracts.js';
import { type CategoryMap, choice, type ImpliedOptions } from './choice.js';

const PURPOSE_IDS: CategoryMap = {
  analytics: ['cookies', 'measure_content_performance', 'market_research'],
  attribution: ['cookies', 'measure_ad_performance'],
  personalization: ['cookies', 'create_content_profile', 'select_personalized_content'],
  advertising: [
    'cookies',
    'select_basic_ads',
    'create_ads_profile',
    'select_personalized_ads',
    'measure_ad_performance',
  ],
};

/**
 * Didomi. Its queues are made for who comes first. Purposes are listed as disabled before any choice, so they count only
 * when Didomi has nothing left to ask; where it applies no law at all, only with `implied`.
 * Source: developers.didomi.io/cmp/web-sdk/reference.
 */
export function didomi(map: CategoryMap = PURPOSE_IDS, { implied }: ImpliedOptions = {}): ConsentSource {
  return {
    name: 'didomi',
    watch(report) {
      let isStopped = false;
      const page = window as Window & DidomiPage;
      const look = () => {
        if (isStopped || !page.Didomi) return;
        const { purposes, regulation } = page.Didomi.getCurrentUserStatus();
        const isDecided = page.Didomi.shouldUserStatusBeCollected() === false && regulation !== 'none';
        report(choice(map, (id) => purposes[id]?.enabled, isDecided, implied));
      };
      const listener = () => void attempt(look);
      (page.didomiOnReady ??= []).push(listener);
      for (const event of ['consent.changed', 'sync.ready', 'notice.shown']) {
        (page.didomiEventListeners ??= []).push({ event, listener });
      }
      return () => {
        isStopped = true;
      };
    },
  };
}

interface DidomiPage {
  Didomi?: {
    getCurrentUserStatus(): { regulation?: string; purposes: { [id: string]: { enabled: boolean } | undefined } };
    shouldUserStatusBeCollected(): boolean;
  };
  didomiOnReady?: { push(listener: () => void): void };
  didomiEventListeners?: { push(entry: { event: string; listener: () => void }): void };
}
