import type { FoundParameter, SiteParameters } from '../../protocol/campaign-families.js';
import type { SourceFacts } from '../../stores/contract.js';
import { badQuery } from '../bad-query.js';
import { compileRules } from './compile.js';
import { parseReferrer, sameSite } from './hosts.js';
import { createJudge } from './judge.js';
import { indexNetworks, type NetworkIndex } from './networks.js';
import type { Origin, OriginFacts } from './origin.js';
import { CHANNEL_RULES, RULES_VERSION } from './rules/ga4.js';
import type { NetworkKind } from './rules/networks.js';
import type { ChannelGroup, ChannelRule, RuleInput } from './rules/rule.js';
import { readVisit, type Visit } from './visit.js';

/**
 * `ga4` is Google's default channel group to the letter; `extended` (default) also knows assistants, messengers, web mail,
 * ad servers, channels outside the web, and the words people use for Google's.
 */
export type ChannelMode = 'ga4' | 'extended';

/** How to classify. The same options give the same answer for live visits and for history. */
export interface ChannelsOptions {
  mode?: ChannelMode;
  /** Rules of the site's own, tried before all others in either mode. */
  rules?: readonly ChannelRule[];
  /** Hosts of the site besides the one landed on, e.g. `['shop.example', 'shop-pay.example']`; subdomains count. */
  ownHosts?: readonly string[];
  /** Campaign parameters of the site's own; read from a visit's URL, so not from stored history. */
  parameters?: SiteParameters;
}

/** A channel with the reasons for it. */
export interface Classification extends Origin {
  channel: string;
  group: ChannelGroup;
  /** The rule that matched, e.g. `ga4-04-paid-search`, or `unassigned`. */
  ruleId: string;
  /** The state of the rule data; with `+` and a digest where the site has rules, hosts or parameters of its own. */
  rulesVersion: string;
}

/** The channel of a visit, and what was found on the way there. */
export interface VisitClassification extends Classification {
  parameters: FoundParameter[];
  /** The URL without campaign parameters and click ids. */
  landing: string;
  /** The network that the referrer belongs to. */
  referrer?: { host: string; network?: string; kind?: NetworkKind | 'own' };
}

/** The three values that Google's rules look at; absent values are absent. */
export type ChannelInput = Pick<RuleInput, 'source' | 'medium' | 'campaign' | 'context'>;

/** Finds channels. */
export interface Channels {
  mode: ChannelMode;
  rulesVersion: string;
  /** Where a visit with these facts came from, and its channel. */
  classify(facts: SourceFacts | OriginFacts): Classification;
  /** As `classify`, for a visit as it arrives: reads the URL first. */
  classifyVisit(visit: Visit): VisitClassification;
  /** The channel rules alone, for source, medium and campaign as Google Analytics shows them. */
  channelOf(input: ChannelInput): { channel: string; ruleId: string };
}

/** Compiles the rule data once; keep the result. Rules are applied when a report is made, so a new rule repairs history. */
export function createChannels(given: ChannelMode | ChannelsOptions = {}): Channels {
  const options = typeof given === 'string' ? { mode: given } : given;
  const { mode = 'extended', rules = [], ownHosts = [], parameters } = options;
  if (mode !== 'ga4' && mode !== 'extended') throw badQuery('mode', mode, ['ga4', 'extended']);
  const networks = sharedNetworks();
  const find = compileRules([...rules, ...CHANNEL_RULES], networks, mode);
  const rulesVersion = RULES_VERSION + digest({ rules, ownHosts, parameters });
  const own = ownHosts.flatMap((host) => parseReferrer(host)?.host ?? []);
  const judge = createJudge({ rules, networks, extended: mode === 'extended', find, rulesVersion });
  return {
    mode,
    rulesVersion,
    channelOf: (input) => {
      const { channel, ruleId } = find(input);
      return { channel, ruleId };
    },
    classify: (facts) => judge(facts, { own }),
    classifyVisit: (visit) => {
      const { facts, context, names, landing, parameters: found } = readVisit(visit, parameters);
      const page = parseReferrer(visit.url)?.host;
      const hosts = page ? [page, ...own] : own;
      const result = judge(facts, { own: hosts, names, stated: { context, landing: landing || undefined } });
      const referrer = describeReferrer(facts.referrer, hosts, networks);
      return { ...result, parameters: found, landing, ...(referrer && { referrer }) };
    },
  };
}

function describeReferrer(referrer: string | undefined, own: readonly string[], networks: NetworkIndex) {
  const place = parseReferrer(referrer);
  if (!place) return undefined;
  if (own.some((mine) => sameSite(mine, place.host))) return { host: place.host, kind: 'own' as const };
  const network = networks.ofReferrer(place);
  return { host: place.host, ...(network && { network: network.name, kind: network.kind }) };
}

let index: NetworkIndex | undefined;

function sharedNetworks(): NetworkIndex {
  index ??= indexNetworks();
  return index;
}

/** Empty when the site has nothing of its own. */
function digest(own: { rules: readonly unknown[]; ownHosts: readonly unknown[]; parameters: unknown }): string {
  if (!own.rules.length && !own.ownHosts.length && !own.parameters) return '';
  let hash = 0x811c9dc5;
  for (const letter of JSON.stringify(own)) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return `+${(hash >>> 0).toString(16).padStart(8, '0')}`;
}
