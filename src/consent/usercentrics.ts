import type { ConsentSource } from '../browser/contracts.js';
import { type CategoryMap, choice, type ImpliedOptions } from './choice.js';
import { lookout } from './lookout.js';

const CATEGORIES: CategoryMap = {
  analytics: 'functional',
  attribution: 'marketing',
  personalization: 'functional',
  advertising: 'marketing',
};

/**
 * Usercentrics v3 (`__ucCmp`) and v2 (`UC_UI`). A name is a category's slug or a service's id; a category granted in part is
 * denied. Only an explicit choice decides. Source: usercentrics.com/docs/web, "Browser UI API" and "Events".
 */
export function usercentrics(map: CategoryMap = CATEGORIES, { implied }: ImpliedOptions = {}): ConsentSource {
  return {
    name: 'usercentrics',
    watch(report) {
      let turn = 0;
      const look = () => {
        const mine = ++turn;
        const { __ucCmp, UC_UI } = window as Window & UsercentricsPage;
        const reading = __ucCmp?.getConsentDetails ? readV3(__ucCmp) : UC_UI && readV2(UC_UI);
        reading?.then(
          ({ isGranted, isDecided, isFree }) => {
            // An answer that was overtaken, or comes after the end, says nothing.
            if (mine === turn) report(choice(map, isGranted, isDecided, implied && isFree));
          },
          // Not ready: one of its events will come.
          () => {},
        );
      };
      const stop = lookout('UC_UI_INITIALIZED UC_UI_CMP_EVENT UC_CONSENT ucEvent', look);
      return () => {
        turn++;
        stop();
      };
    },
  };
}

interface Reading {
  isGranted(name: string): unknown;
  /** By an act of the visitor. */
  isDecided: boolean;
  /** No consent is required where the visitor is. */
  isFree: boolean;
}

async function readV3(cmp: CmpV3): Promise<Reading> {
  const { consent, categories, services } = await cmp.getConsentDetails();
  return {
    isGranted: (name) => categories?.[name]?.state === 'ALL_ACCEPTED' || services?.[name]?.consent?.given,
    isDecided: consent.type === 'EXPLICIT',
    isFree: consent.required === false,
  };
}

/** Newer builds answer with promises. */
async function readV2(ui: UiV2): Promise<Reading> {
  const services = await ui.getServicesBaseInfo();
  const isFree = (await ui.isConsentRequired()) === false;
  return {
    isGranted(name) {
      const named = services.filter(({ id, categorySlug }) => id === name || categorySlug === name);
      return named.length > 0 && named.every(({ consent }) => consent.status);
    },
    isDecided: isFree && services.some(({ consent }) => /^explicit$/i.test(consent.history?.at(-1)?.type ?? '')),
    isFree,
  };
}

interface CmpV3 {
  getConsentDetails(): Promise<{
    consent: { type?: string; required?: boolean };
    categories?: { [slug: string]: { state?: string } };
    services?: { [id: string]: { consent?: { given?: boolean } } };
  }>;
}

interface ServiceV2 {
  id: string;
  categorySlug: string;
  consent: { status: boolean; history?: { type: string }[] };
}

interface UiV2 {
  getServicesBaseInfo(): ServiceV2[] | Promise<ServiceV2[]>;
  isConsentRequired(): boolean | Promise<boolean>;
}

interface UsercentricsPage {
  __ucCmp?: CmpV3;
  UC_UI?: UiV2;
}
