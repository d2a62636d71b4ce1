import type { Campaign } from './event.js';

/**
 * Parameters that name an ad click, by lower-cased name (channels.md 2.2, the core dozen plus what its rows mark as
 * added by the network itself). They are kept as click ids and stripped from stored URLs.
 */
const CLICK_IDS =
  /^(gclid|gbraid|wbraid|dclid|gad_source|gad_campaignid|srsltid|fbclid|msclkid|ttclid|twclid|li_fat_id|epik|sccid|rdt_cid|qclid|yclid|ysclid|igshid|igsh|irclickid|awc|cjevent|tduid|mc_cid|_kx)$/i;

/** What a landing URL says about the campaign. */
export interface LandingFacts {
  campaign: Campaign | undefined;
  clickIds: { [parameter: string]: string } | undefined;
  /** The URL without campaign parameters and click ids. */
  cleanUrl: string;
}

/**
 * Reads `utm_*` and click ids from query and fragment of a URL. Names match in any case, values keep theirs, the first
 * non-empty value wins, long values are cut, values that look like an e-mail address are never kept.
 */
export function readLanding(href: string): LandingFacts {
  let campaign: Campaign | undefined;
  let clickIds: LandingFacts['clickIds'];
  const take = (query: string): string =>
    query
      .split('&')
      .filter((pair) => {
        const [rawName = '', rawValue = ''] = pair.split(/=(.*)/s);
        const name = decode(rawName).toLowerCase();
        const utm = name.startsWith('utm_') && name.slice(4);
        if (!utm && !CLICK_IDS.test(name)) return true;
        const value = decode(rawValue)
          .trim()
          .slice(0, utm ? 255 : 512);
        if (value && !/@.+\./.test(value)) {
          if (utm) (campaign ||= {})[utm === 'campaign' ? 'name' : utm] ||= value;
          else (clickIds ||= {})[name] ||= value;
        }
        return false;
      })
      .join('&');
  const [, base = '', query = '', fragment = ''] = /^([^?#]*)\??([^#]*)#?(.*)$/s.exec(href) ?? [];
  const keptQuery = take(query);
  // Only a fragment that has the form of a query is read (#utm_source=x, #/route?utm_source=x); others stay whole.
  const [, route = '', fragmentQuery = ''] = /^((?:[^?]*\?)?)(.*)$/s.exec(fragment) ?? [];
  const keptFragment = fragmentQuery.includes('=') ? route + take(fragmentQuery) : fragment;
  const cleanUrl = base + (keptQuery && `?${keptQuery}`) + (keptFragment && `#${keptFragment.replace(/\?$/, '')}`);
  return { campaign, clickIds, cleanUrl };
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
