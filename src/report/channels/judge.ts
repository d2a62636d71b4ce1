import type { Classification } from './channels.js';
import type { Found } from './compile.js';
import { parseReferrer, sameSite } from './hosts.js';
import type { NetworkIndex } from './networks.js';
import { type OriginFacts, originOf } from './origin.js';
import { CHANNEL_GROUPS } from './rules/groups.js';
import type { ChannelRule, RuleInput } from './rules/rule.js';

/** What is known besides the facts themselves. */
export interface Circumstances {
  /** Hosts of the site. */
  own: readonly string[];
  /** What the event says of itself. */
  stated?: Pick<RuleInput, 'context' | 'landing'>;
  /** What each value was called where it was found. */
  names?: { readonly [field: string]: string };
}

/** Settings of `createJudge`. */
export interface JudgeOptions {
  /** The site's own rules, which are among those that `find` tries. */
  rules: readonly ChannelRule[];
  networks: NetworkIndex;
  extended: boolean;
  find: (input: RuleInput) => Found;
  rulesVersion: string;
}

/** The one way from facts to a channel, for visits as they arrive and for history alike. */
export function createJudge({ rules, networks, extended, find, rulesVersion }: JudgeOptions) {
  const ownGroups = new Map(rules.map(({ id, group }) => [id, group]));
  return (facts: OriginFacts, { own, stated, names = {} }: Circumstances): Classification => {
    const isOwn = (host: string) => own.some((mine) => sameSite(mine, host));
    const { detour, evidence, ...where } = originOf(facts, { networks, extended, isOwn, names });
    const found = find({ ...stated, ...inputOf(facts), ...where });
    // A rule of the site's own, or what the event says of itself, may make a touch of what would be none.
    const isDetour = detour && found.channel === 'Direct' && !ownGroups.has(found.ruleId);
    const group = ownGroups.get(found.ruleId) ?? CHANNEL_GROUPS.get(found.channel) ?? 'unknown';
    return {
      channel: found.channel,
      group: isDetour ? 'internal' : group,
      ruleId: isDetour ? 'x-00-detour' : found.ruleId,
      rulesVersion,
      ...where,
      ...(isDetour && { detour: true as const }),
      evidence: [...evidence, ...found.evidence],
    };
  };
}

function inputOf(facts: OriginFacts): RuleInput {
  return {
    campaignId: facts.campaignId,
    content: facts.content,
    referrer: parseReferrer(facts.referrer)?.host,
    clickIds: facts.clickIds?.join(' '),
    ...(facts.context !== undefined && { context: facts.context }),
  };
}
