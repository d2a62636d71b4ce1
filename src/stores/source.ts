import { readLanding, type WireEvent } from '../protocol/index.js';
import type { SourceFacts } from './contract.js';
import { type Loose, objectOf, textOf } from './loose.js';

/** The key of a direct visit: all facts absent. */
export const DIRECT = 'direct';

/** What one event says about where its visitor came from. */
export interface Evidence {
  facts: SourceFacts;
  /** When the visitor landed by the client's clock, where the client says so. */
  touchedAt: string | undefined;
}

const LONGEST = 255;

/**
 * The evidence of an event: campaign values, names of click ids, a foreign referrer; undefined when it has none. A client
 * that sends touches (`context.filrouge.touch`) has frozen all of it there. For others it is read from
 * `context.campaign`, the page's URL and the page's referrer.
 */
export function readEvidence(event: WireEvent): Evidence | undefined {
  const context = objectOf(event.context);
  if (!context) return undefined;
  const own = objectOf(context.campaign);
  const touch = objectOf(objectOf(context.filrouge)?.touch);
  if (touch) {
    const facts = makeFacts(filled(objectOf(touch.campaign)) ?? own, touch.clickIds, hostOf(touch.referrer));
    return facts && { facts, touchedAt: textOf(touch.at) ?? undefined };
  }
  const page = objectOf(context.page);
  const url = textOf(page?.url) ?? '';
  const address = url.includes('?') ? url : url + (textOf(page?.search) ?? '');
  const landing = /[?#]/.test(address) ? readLanding(address) : undefined;
  const facts = makeFacts(filled(own) ?? landing?.campaign, landing?.clickIds, foreignHost(page?.referrer, url));
  return facts && { facts, touchedAt: undefined };
}

/** True when all that is known is the referrer: it repeats on every page that a script shows without loading. */
export function isReferrerOnly(facts: SourceFacts): boolean {
  return facts.referrer !== undefined && facts.key.startsWith('[null,null,null,null,null,null,null,');
}

function filled(campaign: Loose | null): Loose | undefined {
  return campaign && Object.values(campaign).some((value) => value) ? campaign : undefined;
}

function makeFacts(campaign: Loose | null | undefined, clickIds: unknown, referrer: string): SourceFacts | undefined {
  const source = clean(campaign?.source);
  const medium = clean(campaign?.medium);
  const name = clean(campaign?.name);
  const id = clean(campaign?.id);
  const term = clean(campaign?.term);
  const content = clean(campaign?.content);
  const ids = Object.keys(objectOf(clickIds) ?? {})
    .slice(0, 10)
    .sort()
    .join(' ');
  if (!(source || medium || name || id || term || content || ids || referrer)) return undefined;
  const values = [source, medium, name, id, term, content, ids, referrer].map((value) => value || null);
  const facts: SourceFacts = { key: JSON.stringify(values) };
  if (source) facts.source = source;
  if (medium) facts.medium = medium;
  if (name) facts.campaign = name;
  if (id) facts.campaignId = id;
  if (term) facts.term = term;
  if (content) facts.content = content;
  if (ids) facts.clickIds = ids.split(' ');
  if (referrer) facts.referrer = referrer;
  return facts;
}

/** Campaign values come from anywhere: only text counts. */
function clean(value: unknown): string {
  return typeof value === 'string' ? value.trim().slice(0, LONGEST) : '';
}

/** `example.org` for a web page, `android-app://com.google.android.gm` for an app, '' for anything else. */
function hostOf(url: unknown): string {
  if (typeof url !== 'string') return '';
  const [, scheme = '', host = ''] = /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#@]*@)?([^/?#:]*)/i.exec(url) ?? [];
  const name = host.toLowerCase().slice(0, LONGEST);
  return name && !/^https?$/i.test(scheme) ? `${scheme.toLowerCase()}://${name}` : name;
}

/**
 * Payment and login pages that visitors come back from in the middle of an order (channels.md 3): taking them for a
 * source would credit the order to the bank.
 */
const PASSING =
  /(^|\.)(paypal\.com|checkout\.stripe\.com|accounts\.google\.com|appleid\.apple\.com|login\.microsoftonline\.com|franceconnect\.gouv\.fr|paylib\.fr|payline\.com|monext\.com|payzen\.eu|lyra\.com|sips-services\.com|worldline-solutions\.com|klarna\.com|adyen\.com)$/;

/** The referrer's host unless it is the page's own site: the same host or one of its subdomains, `www.` set aside. */
function foreignHost(referrer: unknown, page: string): string {
  const from = hostOf(referrer);
  if (!from || PASSING.test(from)) return '';
  const [a, b] = [from, hostOf(page)].map((host) => host.replace(/^www\./, ''));
  return a === b || a?.endsWith(`.${b}`) || b?.endsWith(`.${a}`) ? '' : from;
}
