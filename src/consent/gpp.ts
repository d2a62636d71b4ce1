import type { ConsentSource } from '../browser/contracts.js';
import type { ConsentState, Purpose } from '../protocol/index.js';
import { type CategoryMap, choice } from './choice.js';
import { iab } from './iab.js';
import { TCF_PURPOSES } from './tcf.js';

/** How a GPP answer is read. */
export interface GppOptions {
  /**
   * The purposes that an opt-out of sale, sharing or targeted advertising, or GPC denies. Default attribution and
   * advertising.
   */
  optOut?: readonly Purpose[];
  /** The state of a purpose that no law asks consent for: in the USA without an opt-out, and where no section applies. */
  outside?: ConsentState;
}

/**
 * IAB Global Privacy Platform 1.1: the US sections (national, states, the old `uspv1`), TCF Europe and TCF Canada. Acts once
 * `signalStatus` is `ready`; of several sections in force, the strictest counts. Canada's implied consent is consent.
 */
export function gpp(
  map: CategoryMap<number> = TCF_PURPOSES,
  { optOut = ['attribution', 'advertising'], outside = 'granted' }: GppOptions = {},
): ConsentSource {
  return {
    name: 'gpp',
    watch: (report) =>
      iab('__gpp', [], (data) => {
        const { signalStatus, applicableSections = [], parsedSections } = (data as GppEvent).pingData;
        const isInForce = ([name]: [string, unknown]) => applicableSections.some((id) => isTcf(name) === id < 6);
        const sections: [string, Section | Section[]][] = applicableSections.includes(-1)
          ? [['', {}]]
          : Object.entries(parsedSections).filter(isInForce);
        const read = (id: number, purpose: Purpose) =>
          sections.map(([name, parts]) => {
            // Some platforms give a section as a list of its segments.
            const section: Section = Object.assign({}, ...[parts].flat());
            const fields = Object.keys(section);
            if (isTcf(name)) return fields.some((field) => CONSENTS.test(field) && Object(section[field])[id - 1]);
            const isOut = fields.some((field) => OPT_OUT.test(field) && OUT.includes(section[field]));
            return !(isOut && optOut.includes(purpose)) && (outside === 'granted' || outside);
          });
        if (signalStatus === 'ready' && sections.length) report(choice(map, read, true));
      }),
  };
}

/** Sections 2 and 5, Europe and Canada; all after are of the USA. */
const isTcf = (name: string) => /^tcf/.test(name);
/** `PurposeConsents` in Europe, `PurposesExpressConsent` and `PurposesImpliedConsent` in Canada. */
const CONSENTS = /^Purposes?(Express|Implied)?Consent/;
/** `SaleOptOut`, `SharingOptOut`, `TargetedAdvertisingOptOut`, `Gpc`; `OptOutSale` of the old `uspv1`. */
const OPT_OUT = /OptOut(Sale)?$|^Gpc$/;
const OUT: unknown[] = [1, 'Y', true];

interface Section {
  [field: string]: unknown;
}

interface GppEvent {
  pingData: {
    signalStatus: string;
    applicableSections?: number[];
    parsedSections: { [name: string]: Section | Section[] };
  };
}
