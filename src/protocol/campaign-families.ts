import { decode, filled, type LandingFacts } from './campaign.js';
import { clickIdUse } from './campaign-click-ids.js';
import { type FamilyField, readPianoCode, slotOf } from './campaign-slots.js';
import type { Campaign } from './event.js';

/**
 * Campaign parameters of the site's own by name: the field that each fills, or `affiliate` for one whose mere presence
 * means a click from an affiliate network. `{ cid: 'id' }` reads Adobe's short name, which shops also use for categories.
 */
export interface SiteParameters {
  [parameter: string]: FamilyField | 'affiliate';
}

/** Parameters without a prefix that some sites use for campaigns; too common to be read unasked. */
export const PLAIN_PARAMETERS: SiteParameters = {
  source: 'source',
  ref: 'source',
  via: 'source',
  medium: 'medium',
  campaign: 'campaign',
};

/** One parameter that was recognised, as it stood in the URL. */
export interface FoundParameter {
  /** Lower-cased name. */
  name: string;
  /** Decoded and shortened; empty where it may not be kept. */
  value: string;
  /** `utm`, `matomo`, `piano`, `adobe`, `mapp`, `site` or `click id`. */
  family: string;
  /** What it fills: a campaign field, `click id`, or `stripped`. */
  field: string;
}

/** All that a landing URL says about the campaign, in any family of parameters. */
export interface LandingFamilies extends LandingFacts {
  parameters: FoundParameter[];
  /** The parameter that filled each campaign field, e.g. `{ medium: 'mtm_medium' }`. */
  filledBy: { [field: string]: string };
}

/**
 * Reads a landing URL on the server as `readLanding` does in the browser, and besides `utm_*` the parameters of Matomo,
 * Piano, Adobe, Mapp and of the site itself. Families fill each other's gaps; where two fill the same field `utm_*` wins,
 * then the site's own.
 */
export function readLandingFamilies(href: string, site: SiteParameters = {}): LandingFamilies {
  const own = new Map(Object.entries(site).map(([name, field]) => [name.toLowerCase(), field]));
  const parameters: FoundParameter[] = [];
  const slots: { rank: number; field: string; value: string; name: string }[] = [];
  const clickIds: { [parameter: string]: string } = {};
  const keep = (pair: string): boolean => {
    const [rawName = '', rawValue = ''] = pair.split(/=(.*)/s).map(decode);
    // A link that was copied out of HTML separates with `&amp;`.
    const name = rawName.replace(/^amp;/, '').trim().toLowerCase();
    const slot = slotOf(name, own);
    const use = slot ? undefined : own.get(name) === 'affiliate' ? 'evidence' : clickIdUse(name);
    if (!slot && !use) return true;
    const value = slot?.personal || use === 'personal' || use === 'strip' ? '' : clean(rawValue, slot ? 255 : 512);
    if (slot) {
      parameters.push({ name, value, family: slot.family, field: slot.field });
      if (value && slot.field === 'xtor')
        slots.push(...readPianoCode(value, slot.rank).map((one) => ({ ...one, name })));
      else if (value && !slot.personal) {
        slots.push({ rank: slot.rank, field: slot.field, value: slot.map?.(value) ?? value, name });
      }
    } else {
      parameters.push({ name, value, family: 'click id', field: use === 'strip' ? 'stripped' : 'click id' });
      if (use !== 'strip' && rawValue.trim()) clickIds[name] ||= value;
    }
    return false;
  };
  const cleanUrl = href.replace(/([?#])([^?#]*=[^?#]*)/g, (_, mark: string, query: string) => {
    const kept = query.split('&').filter(keep);
    return kept.length ? mark + kept.join('&') : '';
  });
  const campaign: Campaign = {};
  const filledBy: { [field: string]: string } = {};
  for (const { field, value, name } of slots.sort((a, b) => a.rank - b.rank)) {
    if (campaign[field]) continue;
    campaign[field] = value;
    filledBy[field] = name;
  }
  return { campaign: filled(campaign), clickIds: filled(clickIds), cleanUrl, parameters, filledBy };
}

/** Trimmed and cut; empty when it looks like an e-mail address, also where that was encoded twice. */
function clean(raw: string, longest: number): string {
  const value = raw.trim().slice(0, longest);
  return /(@|%40|%2540).+\./i.test(value) ? '' : value;
}
