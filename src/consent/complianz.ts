import type { ConsentSource } from '../browser/contracts.js';
import { type CategoryMap, choice, type ImpliedOptions } from './choice.js';
import { cookie } from './cookie.js';
import { lookout } from './lookout.js';

const CATEGORIES: CategoryMap = {
  analytics: 'statistics',
  attribution: 'marketing',
  personalization: 'preferences',
  advertising: 'marketing',
};

/**
 * Complianz (WordPress), read from its cookies: they are there before its script, and while the banner is open again
 * (`show`) the last choice holds. A choice made under an older policy is none any more.
 * Source: complianz.io, "Developers guide for third party integrations".
 */
export function complianz(map: CategoryMap = CATEGORIES, { implied }: ImpliedOptions = {}): ConsentSource {
  return {
    name: 'complianz',
    watch: (report) =>
      lookout(
        'cmplz_fire_categories cmplz_status_change cmplz_banner_status cmplz_enable_category cmplz_revoke',
        () => {
          const page = window as Window & ComplianzPage;
          const { prefix = 'cmplz_', current_policy_id: policy } = page.complianz ?? {};
          const read = (name: string) => cookie(prefix + name);
          const status = read('banner-status');
          if (status === 'show' && !implied) return;
          const isDecided = status === 'dismissed' && (!policy || read('policy_id') === `${policy}`);
          const isAllowed = (category: string) =>
            isDecided ? read(category) === 'allow' : page.cmplz_has_consent?.(category);
          report(choice(map, isAllowed, isDecided, implied));
        },
      ),
  };
}

interface ComplianzPage {
  complianz?: { prefix?: string; current_policy_id?: string | number };
  cmplz_has_consent?: (category: string) => boolean;
}
