import { type LandingFamilies, readLandingFamilies } from '../../protocol/campaign-families.js';
import type { WireEvent } from '../../protocol/index.js';
import type { SourceFacts } from '../contract.js';
import { type Loose, objectOf, textOf } from '../loose.js';
import { pageFacts } from './page-facts.js';
import { foreignPlace, placeOf } from './referrer.js';
import { statedChannel } from './stated-channel.js';

/** The key of a direct visit: all facts absent. */
export const DIRECT = 'direct';

/** What one event says about where its visitor came from. */
export interface Evidence {
  facts: SourceFacts;
  /** When the visitor landed by the client's clock, where the client says so. */
  touchedAt: string | undefined;
}

const LONGEST = 255;

/** Reads sources; remembers, as sources are few, each event names one, and all events of a visit repeat its address. */
export interface SourceReader {
  /** Makes facts from values in the order of the key; '' is absent. Equal values give the same object. */
  facts: (values: readonly string[]) => SourceFacts | undefined;
  /** What an address says about the campaign; undefined for one without parameters. */
  address: (address: string) => LandingFamilies | undefined;
  /** The place of a referrer, see `placeOf`. */
  place: (url: unknown) => string;
}

const REMEMBERED = 10_000;
/** Few events state a channel: the keys of all others do not mention it. */
const FACTS_WITHOUT_CONTEXT = 8;
const NO_CONTEXT: Loose = {};

/** Makes a reader. */
export function createSourceReader(): SourceReader {
  const facts = new Map<string, SourceFacts>();
  const addresses = new Map<string, LandingFamilies>();
  const places = new Map<string, string>();
  return {
    place(url) {
      if (typeof url !== 'string') return '';
      return places.get(url) ?? remember(places, url, placeOf(url));
    },
    facts(values) {
      const joined = values.join('\0');
      const found = facts.get(joined);
      if (found) return found;
      if (values.every((value) => !value)) return undefined;
      return remember(facts, joined, makeFacts(values));
    },
    address(address) {
      if (!address.includes('=', address.search(/[?#]|$/))) return undefined;
      return addresses.get(address) ?? remember(addresses, address, readLandingFamilies(address));
    },
  };
}

function remember<T>(known: Map<string, T>, key: string, made: T): T {
  if (known.size >= REMEMBERED) known.clear();
  if (key.length < 4000) known.set(key, made);
  return made;
}

function makeFacts(values: readonly string[]): SourceFacts {
  const [source, medium, campaign, campaignId, term, content, clickIds, referrer, context] = values;
  const known = context ? values : values.slice(0, FACTS_WITHOUT_CONTEXT);
  return {
    key: JSON.stringify(known.map((value) => value || null)),
    ...(source ? { source } : {}),
    ...(medium ? { medium } : {}),
    ...(campaign ? { campaign } : {}),
    ...(campaignId ? { campaignId } : {}),
    ...(term ? { term } : {}),
    ...(content ? { content } : {}),
    ...(clickIds ? { clickIds: clickIds.split(' ') } : {}),
    ...(referrer ? { referrer } : {}),
    ...(context ? { context } : {}),
  };
}

/**
 * The evidence of an event: campaign values, names of click ids, a foreign referrer, a channel that it states; undefined
 * when it has none. A client that sends touches (`context.filrouge.touch`) has frozen all of it there, but for parameters
 * that it does not know: the page landed on still has them. For others it is read from `context.campaign`, the page's URL
 * and the page's referrer (page-facts.ts). Where the client and the address both name a campaign, the address fills gaps.
 */
export function readEvidence(event: WireEvent, reader: SourceReader): Evidence | undefined {
  const context = objectOf(event.context) ?? NO_CONTEXT;
  const own = objectOf(context.campaign);
  const touch = objectOf(objectOf(context.filrouge)?.touch);
  const page = pageFacts(event, context);
  const url = textOf(page?.url) ?? '';
  const stated = statedChannel(context);
  if (touch && !isLanding(event, url, touch, reader)) {
    const carried = Object.entries(objectOf(touch.clickIds) ?? {});
    const landing = reader.address((textOf(touch.landing) ?? '') + familiesOf(carried));
    const campaigns = [filled(objectOf(touch.campaign)) ?? own, landing?.campaign];
    const ids = { ...landing?.clickIds, ...Object.fromEntries(carried.filter(([name]) => !FAMILY.test(name))) };
    const clickIds = Object.keys(ids).length ? ids : undefined;
    const found = reader.facts(valuesOf(campaigns, clickIds, reader.place(touch.referrer), stated));
    return found && { facts: found, touchedAt: textOf(touch.at) ?? undefined };
  }
  const landing = reader.address(url.includes('?') ? url : url + (textOf(page?.search) ?? ''));
  const referrer = foreignPlace(page?.referrer, url);
  const found = reader.facts(valuesOf([own, landing?.campaign], landing?.clickIds, referrer, stated));
  return found && { facts: found, touchedAt: undefined };
}

/** Parameters that the browser carries among the click ids, as it found them, because only we know what they mean. */
const FAMILY = /^(?:(?:mtm|pk|piwik|matomo|at)_|(?:xtor|s_cid|wt_mc)$)/;

function familiesOf(carried: readonly [name: string, value: unknown][]): string {
  if (!carried.some(([name]) => FAMILY.test(name))) return '';
  const query = new URLSearchParams();
  for (const [name, value] of carried) if (FAMILY.test(name) && typeof value === 'string') query.set(name, value);
  return query.size ? `?${query}` : '';
}

/**
 * A page view with a campaign in its address that the client's touch is not of: the browser knows `utm_*` and the common
 * click ids only, and has gone on repeating the touch before.
 */
function isLanding({ type }: WireEvent, url: string, touch: Loose, reader: SourceReader): boolean {
  if (type !== 'page' || url === touch.landing) return false;
  const landing = reader.address(url);
  return landing?.campaign !== undefined || landing?.clickIds !== undefined;
}

/** True when all that is known is the referrer: it repeats on every page that a script shows without loading. */
export function isReferrerOnly(facts: SourceFacts): boolean {
  return facts.referrer !== undefined && facts.key.startsWith('[null,null,null,null,null,null,null,');
}

/** True when all that is known is what the event states of itself, as every event of an app does. */
export function isContextOnly(facts: SourceFacts): boolean {
  return facts.context !== undefined && facts.key.startsWith('[null,null,null,null,null,null,null,null,');
}

/** The campaign unless all of its values are empty. */
export function filled(campaign: Loose | null): Loose | undefined {
  return campaign && Object.values(campaign).some((value) => value) ? campaign : undefined;
}

/** Values in the order of the key; of several campaigns the first that has one counts. */
export function valuesOf(
  campaigns: readonly (Loose | null | undefined)[],
  clickIds: unknown,
  referrer = '',
  context = '',
): string[] {
  const values = FIELDS.map((field) => {
    for (const campaign of campaigns) {
      const value = clean(campaign?.[field]);
      if (value) return value;
    }
    return '';
  });
  values.push(clickIds ? namesOf(clickIds) : '', referrer, context);
  return values;
}

const FIELDS = ['source', 'medium', 'name', 'id', 'term', 'content'] as const;

function namesOf(clickIds: unknown): string {
  return Object.keys(objectOf(clickIds) ?? {})
    .slice(0, 10)
    .sort()
    .join(' ');
}

/** Campaign values come from anywhere: only text counts. */
function clean(value: unknown): string {
  return typeof value === 'string' ? value.trim().slice(0, LONGEST) : '';
}
