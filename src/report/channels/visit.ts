import { type FoundParameter, readLandingFamilies, type SiteParameters } from '../../protocol/campaign-families.js';
import type { Campaign } from '../../protocol/index.js';
import type { OriginFacts } from './origin.js';

/** The beginning of a visit, as a browser or a server sees it. */
export interface Visit {
  /** The page that was landed on, with its query and fragment. */
  url?: string | undefined;
  /** `document.referrer`: a URL, a bare host, or an `android-app://` reference. */
  referrer?: string | undefined;
  /** Campaign values that the client read already; they come before those of the URL. */
  campaign?: Campaign | undefined;
  /** What the event states of itself; `channel` as `store`, `call`, `delivery` or `app` decides. */
  context?: { channel?: string | undefined } | undefined;
}

/** A visit's facts and where each was found. */
export interface VisitFacts {
  facts: OriginFacts;
  parameters: FoundParameter[];
  /** The URL without campaign parameters and click ids. */
  landing: string;
  context: string | undefined;
  /** What each value was called where it was found, for evidence. */
  names: { [field: string]: string };
}

const FIELDS = {
  source: 'source',
  medium: 'medium',
  name: 'campaign',
  id: 'campaignId',
  term: 'term',
  content: 'content',
} as const;

/** Reads a visit's URL and puts it together with what the client says; a click id of the site's own counts as `affiliate`. */
export function readVisit(visit: Visit, site: SiteParameters | undefined): VisitFacts {
  const { campaign, clickIds, cleanUrl, parameters, filledBy } = readLandingFamilies(visit.url ?? '', site);
  const facts: OriginFacts = {};
  const given: { [field: string]: string } = {};
  for (const [from, to] of Object.entries(FIELDS)) {
    const stated = visit.campaign?.[from]?.trim();
    const value = stated || campaign?.[from];
    if (stated) given[from] = `campaign.${from}`;
    if (value) facts[to] = value;
  }
  const names = Object.keys(clickIds ?? {}).sort();
  if (names.length) facts.clickIds = names;
  if (visit.referrer?.trim()) facts.referrer = visit.referrer.trim();
  const affiliate = parameters.find(({ name }) => siteField(site, name) === 'affiliate');
  if (affiliate && !facts.source && !facts.medium) {
    facts.source = affiliate.name;
    facts.medium = 'affiliate';
  }
  const context = visit.context?.channel?.trim().toLowerCase() || undefined;
  return { facts, parameters, landing: cleanUrl, context, names: { ...filledBy, ...given } };
}

function siteField(site: SiteParameters | undefined, name: string): string | undefined {
  return Object.entries(site ?? {}).find(([own]) => own.toLowerCase() === name)?.[1];
}
