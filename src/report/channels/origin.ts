import type { SourceFacts } from '../../stores/contract.js';
import { pickClickId } from './click-id.js';
import { parseReferrer, type Referrer } from './hosts.js';
import { type NetworkIndex, unpaid } from './networks.js';
import type { Network, NetworkKind } from './rules/networks.js';
import { PAID } from './rules/rule.js';
import { searchTerm } from './search-term.js';

/** What is known of a visit's beginning: facts of the store, or a visit that was just read. */
export type OriginFacts = Omit<SourceFacts, 'key'>;

/** Where a visit came from, in the words of Google Analytics; source and medium in lower case, campaign as received. */
export interface Origin {
  source: string;
  medium: string;
  campaign?: string;
  /** What the visitor searched for, where the address or the referrer still says it. */
  term?: string;
  /** The facts that decided, e.g. `['click id gclid', 'referrer www.google.com']`. */
  evidence: string[];
  /** The visitor only came back from a payment or login page or from the site itself: no touch, whoever asks for credit. */
  detour?: true;
}

/** How far to read the facts: `extended` tells assistants, messengers, web mail and ad servers apart. */
export interface OriginOptions {
  networks: NetworkIndex;
  extended: boolean;
  /** Whether a host belongs to the site. */
  isOwn: (host: string) => boolean;
  /** What a value was called where it was found, for evidence, e.g. `{ medium: 'utm_medium' }`. */
  names?: { readonly [field: string]: string };
}

const NOT_SET = '(not set)';
const DIRECT = { source: '(direct)', medium: '(none)' };
const IS_PAID = new RegExp(PAID);

/**
 * Reads the facts in order of strength: campaign values; click ids of paid clicks, then of affiliates, mail and unpaid
 * links; the referrer; else `(direct) / (none)`. A campaign value is never overruled, only completed: by a click id of
 * the same network, or, where there is neither source nor medium, by the referrer.
 */
export function originOf(facts: OriginFacts, options: OriginOptions): Origin {
  const source = clean(facts.source);
  const medium = clean(facts.medium);
  const campaign = facts.campaign?.trim() || facts.campaignId?.trim();
  const evidence: string[] = [];
  const names = options.names ?? {};
  if (source) evidence.push(`${names.source ?? 'source'} ${source}`);
  if (medium) evidence.push(`${names.medium ?? 'medium'} ${medium}`);
  if (campaign) evidence.push(`${names.name ?? names.id ?? 'campaign'} ${campaign}`);
  const term = facts.term?.trim();
  const rest = { ...(campaign && { campaign }), ...(term && { term }), evidence };
  const view = { facts, options, evidence, ...placeOf(facts, options) };
  if (source && medium) return { source, medium, ...rest };
  if (medium) return { source: sourceFor(medium, view) ?? NOT_SET, medium, ...rest };
  if (source) return { source, medium: mediumFor(source, view) ?? NOT_SET, ...rest };
  const passing = view.network?.kind === 'payment' || view.network?.kind === 'login';
  const origin = passing ? undefined : (fromClickId(view, contradictedBy(view)) ?? fromReferrer(view));
  if (origin) return { ...origin, ...rest };
  if (campaign) return { source: NOT_SET, medium: NOT_SET, ...rest };
  if (!passing && !view.own) return { ...DIRECT, ...rest };
  evidence.push(nameReferrer(facts), passing ? 'payment or login host' : 'own host');
  return { ...DIRECT, ...rest, detour: true };
}

/** All that the steps below look at; they add to `evidence` what they used. */
interface View {
  facts: OriginFacts;
  options: OriginOptions;
  evidence: string[];
  place?: Referrer;
  network?: Network;
  own: boolean;
}

/** The referrer, unless it is the site itself. */
function placeOf(facts: OriginFacts, { networks, isOwn }: OriginOptions): Pick<View, 'place' | 'network' | 'own'> {
  const place = parseReferrer(facts.referrer);
  if (!place) return { own: false };
  if (isOwn(place.host)) return { own: true };
  const network = networks.ofReferrer(place);
  return { place, own: false, ...(network && { network }) };
}

/** Without the query, which may say who the visitor is. */
function nameReferrer({ referrer }: OriginFacts): string {
  return `referrer ${referrer?.trim().replace(/[?#].*/s, '')}`;
}

function clean(value: string | undefined): string | undefined {
  return value?.trim().toLowerCase() || undefined;
}

/** Only for paid mediums: the `fbclid` on a link that was sent by SMS must not make Facebook its source. */
function sourceFor(medium: string, view: View): string | undefined {
  if (!IS_PAID.test(medium.slice(0, 512))) return undefined;
  const click = fromClickId(view, () => false);
  if (click) return click.source;
  const { network, options, evidence, facts } = view;
  if (!options.extended || !network || !['search', 'social', 'video', 'shopping'].includes(network.kind))
    return undefined;
  evidence.push(nameReferrer(facts));
  return network.name;
}

function mediumFor(source: string, view: View): string | undefined {
  const { networks, extended } = view.options;
  const network = networks.ofSource(source);
  const name = network?.name ?? source;
  const click = fromClickId(view, (rule) => rule.source !== name && !rule.networks.includes(name));
  if (click) return click.medium;
  if (!extended) return undefined;
  // People write `fb-ads` and leave the medium to be understood.
  if ((network && unpaid(source) !== source) || /^(adwords|gads|googleads|fbads?|tiktokads)$/.test(source))
    return 'cpc';
  // ChatGPT marks its links with a source and nothing else.
  return network?.kind === 'ai' ? 'ai-assistant' : undefined;
}

// A publisher, a shop or an ad server may show anybody's advertisement; a search engine or a network shows its own.
const OF_THEIR_OWN: ReadonlySet<NetworkKind> = new Set(['search', 'social', 'ai', 'messaging', 'webmail']);

/** A referrer of another known network contradicts a click id: somebody copied the link. */
function contradictedBy({ network }: View): (rule: { networks: readonly string[] }) => boolean {
  if (!network || !OF_THEIR_OWN.has(network.kind)) return () => false;
  return ({ networks }) => networks.length > 0 && !networks.includes(network.name);
}

function fromClickId(view: View, refused: Parameters<typeof pickClickId>[2]) {
  const { facts, network, evidence } = view;
  const found = pickClickId(facts.clickIds, network, refused);
  if (!found) return undefined;
  evidence.push(`click id ${found.name}`);
  if (facts.referrer && !view.own) evidence.push(nameReferrer(facts));
  return { source: found.source, medium: found.medium };
}

/** Mediums of referrers; where Google has no list for the kind, its mode has a plain referral. */
const MEDIUMS: Partial<Record<NetworkKind, [extended: string, ga4: string]>> = {
  search: ['organic', 'organic'],
  social: ['social', 'social'],
  video: ['video', 'video'],
  // Since May 2026; Google does not publish its hosts.
  ai: ['ai-assistant', 'ai-assistant'],
  messaging: ['messaging', 'social'],
  webmail: ['email', 'referral'],
  ads: ['display', 'referral'],
  affiliates: ['affiliate', 'referral'],
};

function fromReferrer({ facts, place, network, options, evidence }: View) {
  const referrer = facts.referrer?.trim();
  if (!place || !referrer) return undefined;
  evidence.push(nameReferrer(facts));
  const host = place.host.replace(/^app:/, 'android-app://').replace(/^www\./, '');
  const [extended, ga4] = (network && MEDIUMS[network.kind]) ?? ['referral', 'referral'];
  const medium = options.extended ? extended : ga4;
  // Google names a mail host as it is; a name of ours would fall under its rules for e-mail.
  const isNamed =
    network && (options.extended || (ga4 !== 'referral' && network.kind !== 'ai') || network.kind === 'shopping');
  const term = network?.kind === 'search' ? searchTerm(place.query) : undefined;
  return { source: isNamed ? network.name : host, medium, ...(term && { term }) };
}
