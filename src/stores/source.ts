import { readLanding, type WireEvent } from '../protocol/index.js';
import type { SourceFacts } from './contract.js';
import { type Loose, objectOf, textOf } from './loose.js';
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

/** Makes facts from values in the order of the key; '' is absent. Equal values give the same object. */
export type FactsMaker = (values: readonly string[]) => SourceFacts | undefined;

const REMEMBERED = 10_000;
/** Few events state a channel: the keys of all others do not mention it. */
const FACTS_WITHOUT_CONTEXT = 8;

/** A maker of facts that remembers: sources are few, and each event names one. */
export function createFactsMaker(): FactsMaker {
  const known = new Map<string, SourceFacts>();
  return (values) => {
    const joined = values.join('\0');
    const found = known.get(joined);
    if (found) return found;
    if (values.every((value) => !value)) return undefined;
    if (known.size >= REMEMBERED) known.clear();
    const made = makeFacts(values);
    known.set(joined, made);
    return made;
  };
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
 * when it has none. A client that sends touches (`context.filrouge.touch`) has frozen all of it there. For others it is read from
 * `context.campaign`, the page's URL and the page's referrer.
 */
export function readEvidence(event: WireEvent, facts: FactsMaker): Evidence | undefined {
  const context = objectOf(event.context);
  if (!context) return undefined;
  const own = objectOf(context.campaign);
  const touch = objectOf(objectOf(context.filrouge)?.touch);
  const stated = statedChannel(context);
  if (touch) {
    const values = valuesOf(filled(objectOf(touch.campaign)) ?? own, touch.clickIds, hostOf(touch.referrer), stated);
    const found = facts(values);
    return found && { facts: found, touchedAt: textOf(touch.at) ?? undefined };
  }
  const page = objectOf(context.page);
  const url = textOf(page?.url) ?? '';
  const address = url.includes('?') ? url : url + (textOf(page?.search) ?? '');
  const landing = /[?#]/.test(address) ? readLanding(address) : undefined;
  const referrer = foreignHost(page?.referrer, url);
  const found = facts(valuesOf(filled(own) ?? landing?.campaign, landing?.clickIds, referrer, stated));
  return found && { facts: found, touchedAt: undefined };
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

/** Values in the order of the key. */
export function valuesOf(campaign: Loose | null | undefined, clickIds: unknown, referrer = '', context = ''): string[] {
  return [
    clean(campaign?.source),
    clean(campaign?.medium),
    clean(campaign?.name),
    clean(campaign?.id),
    clean(campaign?.term),
    clean(campaign?.content),
    clickIds ? namesOf(clickIds) : '',
    referrer,
    context,
  ];
}

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
