import type { Campaign } from './event.js';

/**
 * Parameters that name an ad click, by lower-cased name (channels.md 2.2): every network's `…clid`, `…clkid` or `…clickid`,
 * and those with names of their own. They are kept as click ids and stripped from stored URLs.
 */
const CLICK_ID =
  /(cl(ick)?|clk|scc)id$|^([gw]braid|gad_.+|srsltid|li_fat_id|epik|rdt_cid|mc_cid|igsh(id)?|awc|cjevent|tduid|_kx)$/;

/** What a landing URL says about the campaign. */
export interface LandingFacts {
  campaign: Campaign | undefined;
  clickIds: { [parameter: string]: string } | undefined;
  /** The URL without campaign parameters and click ids; a URL that has none is returned as it is. */
  cleanUrl: string;
}

/**
 * Reads `utm_*` and click ids from query and fragment of a URL. Names match in any case, values keep theirs, the first
 * non-empty value wins, long values are cut, values that look like an e-mail address are never kept.
 */
export function readLanding(href: string): LandingFacts {
  const campaign: Campaign = {};
  const clickIds: { [parameter: string]: string } = {};
  const strip = (_: string, mark: string, query: string): string => {
    const kept = query.split('&').filter((pair) => {
      const [rawName = '', rawValue = ''] = pair.split(/=(.*)/s).map(decode);
      const name = rawName.toLowerCase();
      const isCampaign = name.startsWith('utm_');
      if (!isCampaign && !CLICK_ID.test(name)) return true;
      const value = rawValue.trim().slice(0, isCampaign ? 255 : 512);
      if (value && !/@.+\./.test(value)) {
        if (isCampaign) campaign[name === 'utm_campaign' ? 'name' : name.slice(4)] ||= value;
        else clickIds[name] ||= value;
      }
      return false;
    });
    return kept.length ? mark + kept.join('&') : '';
  };
  // Fragments count too, where they have the form of a query: #utm_source=x and #/route?utm_source=x.
  const cleanUrl = href.replace(/([?#])([^?#]*=[^?#]*)/g, strip);
  return { campaign: filled(campaign), clickIds: filled(clickIds), cleanUrl };
}

function filled<T extends object>(values: T): T | undefined {
  return Object.keys(values).length ? values : undefined;
}

/** Percent-decodes once, `+` as space; malformed sequences stay as they are. */
function decode(text: string): string {
  const spaced = text.replace(/\+/g, ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
