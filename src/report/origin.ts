import type { SourceFacts } from '../stores/contract.js';
import type { NetworkIndex } from './networks.js';
import { CLICK_IDS, type ClickIdRule, DISPLAY_HOSTS } from './rules/click-ids.js';
import { PAID } from './rules/ga4.js';

/** Where a visit came from, in the words of Google Analytics; source and medium in lower case, campaign as received. */
export interface Origin {
  source: string;
  medium: string;
  campaign?: string;
  /** The facts that decided, e.g. `['click id gclid', 'referrer www.google.com']`. */
  evidence: string[];
  /** The visitor only came back from a payment or login page: no touch, whoever asks for credit. */
  detour?: true;
}

/** How far to read the facts; `ai` gives visits from AI assistants the medium `ai-assistant`. */
export interface OriginOptions {
  networks: NetworkIndex;
  ai: boolean;
}

/**
 * Reads the facts in order of strength: campaign values; click ids of paid clicks, then of affiliates, mail and unpaid
 * links; the referrer; else `(direct) / (none)`. A campaign value is never overruled, only completed: by a click id of
 * the same network, or, where there is neither source nor medium, by the referrer.
 */
export function originOf(facts: SourceFacts, options: OriginOptions): Origin {
  const source = clean(facts.source);
  const medium = clean(facts.medium);
  const campaign = facts.campaign?.trim() || facts.campaignId?.trim();
  const evidence: string[] = [];
  if (source) evidence.push(`source ${source}`);
  if (medium) evidence.push(`medium ${medium}`);
  if (campaign) evidence.push(`campaign ${campaign}`);
  const rest = { ...(campaign && { campaign }), evidence };
  if (source && medium) return { source, medium, ...rest };
  if (medium) return { source: sourceFor(medium, facts, options, evidence) ?? NOT_SET, medium, ...rest };
  if (source) return { source, medium: mediumFor(source, facts, options, evidence) ?? NOT_SET, ...rest };
  const origin =
    fromClickId(facts, notContradicted(facts, options.networks), options, evidence) ??
    fromReferrer(facts, options, evidence);
  if (origin) return { ...origin, ...rest };
  if (campaign) return { source: NOT_SET, medium: NOT_SET, ...rest };
  return { source: '(direct)', medium: '(none)', ...rest };
}

const NOT_SET = '(not set)';

function clean(value: string | undefined): string | undefined {
  return value?.trim().toLowerCase() || undefined;
}

/** Only for paid mediums: the `fbclid` on a link that was sent by SMS must not make Facebook its source. */
function sourceFor(medium: string, facts: SourceFacts, options: OriginOptions, evidence: string[]): string | undefined {
  return new RegExp(PAID).test(medium) ? fromClickId(facts, () => true, options, evidence)?.source : undefined;
}

function mediumFor(source: string, facts: SourceFacts, options: OriginOptions, evidence: string[]): string | undefined {
  const name = options.networks.ofSource(source)?.name ?? source;
  const sameNetwork = (rule: ClickIdRule) => rule.source === name || rule.networks.includes(name);
  const click = fromClickId(facts, sameNetwork, options, evidence);
  if (click) return click.medium;
  // ChatGPT marks its links with a source and nothing else.
  return options.ai && options.networks.ofSource(source)?.list === 'ai' ? 'ai-assistant' : undefined;
}

/** A referrer of another known network contradicts a click id: somebody copied the link. */
function notContradicted(facts: SourceFacts, networks: NetworkIndex): (rule: ClickIdRule) => boolean {
  const network = facts.referrer && networks.ofReferrer(facts.referrer)?.name;
  return (rule) => !network || rule.networks.length === 0 || rule.networks.includes(network);
}

/** The strongest click id that is present and plausible. */
function fromClickId(
  facts: SourceFacts,
  plausible: (rule: ClickIdRule) => boolean,
  { networks }: OriginOptions,
  evidence: string[],
): { source: string; medium: string } | undefined {
  const present = new Set(facts.clickIds?.map((name) => name.toLowerCase()));
  for (const [name, rule] of CLICK_IDS) {
    if (!present.has(name) || !plausible(rule)) continue;
    evidence.push(`click id ${name}`);
    if (facts.referrer) evidence.push(`referrer ${facts.referrer}`);
    return refine(rule, facts.referrer, networks);
  }
  return undefined;
}

/** Google Ads ids do not say which network showed the ad; the referrer sometimes does. */
function refine(rule: ClickIdRule, referrer: string | undefined, networks: NetworkIndex) {
  const { source, medium } = rule;
  if (!referrer) return { source, medium };
  if (source === 'google' && medium === 'cpc') {
    if (networks.ofReferrer(referrer)?.name === 'youtube') return { source: 'youtube', medium };
    const host = referrer.toLowerCase();
    if (DISPLAY_HOSTS.some((display) => host === display || host.endsWith(`.${display}`))) {
      return { source, medium: 'display' };
    }
  }
  const name = networks.ofReferrer(referrer)?.name;
  // One id for several networks: the referrer says which one it was.
  if (name && ['facebook', 'yandex'].includes(source) && rule.networks.includes(name)) return { source: name, medium };
  return { source, medium };
}

const REFERRER_MEDIUM = { search: 'organic', social: 'social', video: 'video', shopping: 'referral', ai: 'referral' };

function fromReferrer(facts: SourceFacts, { networks, ai }: OriginOptions, evidence: string[]) {
  const referrer = facts.referrer?.trim();
  if (!referrer) return undefined;
  evidence.push(`referrer ${referrer}`);
  if (networks.isDetour(referrer)) return detour(evidence);
  const network = networks.ofReferrer(referrer);
  if (!network) return { source: referrer.toLowerCase().replace(/^www\./, ''), medium: 'referral' };
  if (network.list === 'ai' && ai) return { source: network.name, medium: 'ai-assistant' };
  return { source: network.name, medium: REFERRER_MEDIUM[network.list] };
}

function detour(evidence: string[]) {
  evidence.push('payment or login host');
  return { source: '(direct)', medium: '(none)', detour: true as const };
}
