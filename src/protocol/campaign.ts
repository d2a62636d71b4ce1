import type { ParameterUse } from './campaign-click-ids.js';
import type { Campaign } from './event.js';

/**
 * The commonest campaign parameters by lower-cased name. The groups: the suffix of a `utm_`; names that stand for a person,
 * whose values nobody may keep. All others say how a click came about and are kept as they are: click ids, every network's
 * `…clid`, and the families of Matomo, Piano, Adobe and Mapp, which the receiver knows how to read
 * (`readLandingFamilies`): the words for that would weigh more here than all the rest. The long tail is in
 * `campaign-click-ids.ts`. Source: channels.md 2.1 and 2.2.
 */
const PARAMETER =
  /^(?:utm_(.+)|(mc_eid|_kx|mkt_tok|at_recip.+)|.+cl(?:ick|k)?_?id|[gw]braid|gad_.+|srsltid|li_fat_id|s[cs]cid|rdt_cid|igsh(?:id)?|epik|awc|cj(?:event|data)|tduid|mc_cid|(?:mtm|pk|piwik|matomo)_[ckgmps].+|at_.+|xtor|s_cid|wt_mc)$/;

/** What a landing URL says about the campaign. */
export interface LandingFacts {
  campaign: Campaign | undefined;
  /** Click ids and the parameters of families other than `utm_`, by lower-cased name; '' where only the name may be kept. */
  clickIds: { [parameter: string]: string } | undefined;
  /** The URL without campaign parameters and click ids; a URL that has none is returned as it is. */
  cleanUrl: string;
}

/**
 * Reads `utm_*`, click ids and other campaign parameters from query and fragment of a URL; `others` knows further ones by
 * lower-cased name. Names match in any case, values keep theirs, the first non-empty value wins, long values are cut,
 * values that look like an e-mail address are never kept.
 */
export function readLanding(href: string, others?: ParameterUse): LandingFacts {
  const campaign: Campaign = {};
  const clickIds: { [parameter: string]: string } = {};
  const strip = (_: string, mark: string, query: string): string => {
    const kept = query.split('&').filter((pair) => {
      const [rawName = '', rawValue = ''] = pair.split(/=(.*)/s).map(decode);
      // A link that was copied out of HTML separates with `&amp;`.
      const name = rawName.replace(/^amp;/, '').toLowerCase();
      const known = PARAMETER.exec(name);
      const use = known ? known[2] && 'personal' : others?.(name);
      if (!known && !use) return true;
      const utm = known?.[1];
      const value = rawValue.trim().slice(0, utm ? 255 : 512);
      if (value && use !== 'strip' && !/(@|%40).+\./.test(value)) {
        if (utm) campaign[utm === 'campaign' ? 'name' : utm] ||= value;
        else clickIds[name] ||= use === 'personal' ? '' : value;
      }
      return false;
    });
    return kept.length ? mark + kept.join('&') : '';
  };
  // Fragments count too, where they have the form of a query: #utm_source=x and #/route?utm_source=x.
  const cleanUrl = href.replace(/([?#])([^?#]*=[^?#]*)/g, strip);
  return { campaign: filled(campaign), clickIds: filled(clickIds), cleanUrl };
}

/** The same object, or undefined when nothing is in it. */
export function filled<T extends object>(values: T): T | undefined {
  return Object.keys(values).length ? values : undefined;
}

/** Percent-decodes once, `+` as space; malformed sequences stay as they are. */
export function decode(text: string): string {
  const spaced = text.replace(/\+/g, ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
