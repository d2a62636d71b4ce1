import type { ConsentSource } from '../browser/contracts.js';
import { type CategoryMap, choice, type ImpliedOptions } from './choice.js';
import { cookie } from './cookie.js';
import { lookout } from './lookout.js';

const GROUPS: CategoryMap = {
  analytics: 'C0002',
  attribution: 'C0004',
  personalization: 'C0003',
  advertising: 'C0004',
};

/**
 * OneTrust and CookiePro. The active groups count once the banner was answered (`IsAlertBoxClosed`, or its cookie where only
 * half of the script is there); group ids may be a site's own, their case does not matter.
 * Source: developer.onetrust.com, "Web CMP Events Guide".
 */
export function onetrust(map: CategoryMap = GROUPS, { implied }: ImpliedOptions = {}): ConsentSource {
  return {
    name: 'onetrust',
    watch: (report) =>
      lookout('OneTrustGroupsUpdated OTConsentApplied', () => {
        const { OneTrust, OnetrustActiveGroups } = window as Window & OneTrustPage;
        const groups = OnetrustActiveGroups?.toLowerCase().split(',');
        const isClosed = OneTrust?.IsAlertBoxClosed?.() ?? cookie('OptanonAlertBoxClosed');
        if (groups) report(choice(map, (id) => groups.includes(id.toLowerCase()), isClosed, implied));
      }),
  };
}

interface OneTrustPage {
  OnetrustActiveGroups?: string;
  OneTrust?: { IsAlertBoxClosed?: () => boolean };
}
