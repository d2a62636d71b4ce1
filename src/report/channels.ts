import type { SourceFacts } from '../stores/contract.js';
import { indexNetworks, type NetworkIndex } from './networks.js';
import { type Origin, originOf } from './origin.js';
import { CHANNEL_RULES, type ChannelRule, RULES_VERSION, type RuleTest } from './rules/ga4.js';

/** `ga4` is Google's default channel group to the letter; `extended` (default) adds `AI Assistant` and `Print / QR`. */
export type ChannelMode = 'ga4' | 'extended';

/** A channel with the reasons for it. */
export interface Classification extends Origin {
  channel: string;
  /** The rule that matched, e.g. `ga4-04-paid-search`, or `unassigned`. */
  ruleId: string;
  rulesVersion: string;
}

/** What the channel rules look at; absent values are absent. */
export interface ChannelInput {
  source?: string;
  medium?: string;
  campaign?: string;
}

/** Finds channels. */
export interface Channels {
  mode: ChannelMode;
  rulesVersion: string;
  /** Where a visit with these facts came from, and its channel. */
  classify(facts: SourceFacts): Classification;
  /** The channel rules alone, for source, medium and campaign as Google Analytics shows them. */
  channelOf(input: ChannelInput): { channel: string; ruleId: string };
}

/** Compiles the rule data once; keep the result. Rules are applied when a report is made, so a new rule repairs history. */
export function createChannels(mode: ChannelMode = 'extended'): Channels {
  const networks = sharedNetworks();
  const rules = CHANNEL_RULES.filter((rule) => mode === 'extended' || !rule.extension).map((rule) => ({
    ...rule,
    holds: compile(rule, networks),
  }));
  const channelOf = (input: ChannelInput) => {
    const rule = rules.find(({ holds }) => holds(input));
    return rule ? { channel: rule.channel, ruleId: rule.id } : { channel: 'Unassigned', ruleId: 'unassigned' };
  };
  return {
    mode,
    rulesVersion: RULES_VERSION,
    channelOf,
    classify: (facts) => {
      const origin = originOf(facts, { networks, ai: mode === 'extended' });
      return { ...channelOf(origin), ...origin, rulesVersion: RULES_VERSION };
    },
  };
}

/** `createChannels(mode).classify(facts)` for a single look; extended unless told. */
export function classify(facts: SourceFacts, mode: ChannelMode = 'extended'): Classification {
  let channels = shared.get(mode);
  if (!channels) shared.set(mode, (channels = createChannels(mode)));
  return channels.classify(facts);
}

const shared = new Map<ChannelMode, Channels>();
let index: NetworkIndex | undefined;

function sharedNetworks(): NetworkIndex {
  index ??= indexNetworks();
  return index;
}

function compile(rule: ChannelRule, networks: NetworkIndex): (input: ChannelInput) => boolean {
  const alternatives = rule.when.map((tests) => tests.map((test) => compileTest(test, networks)));
  return (input) => alternatives.some((tests) => tests.every((holds) => holds(input)));
}

function compileTest(test: RuleTest, networks: NetworkIndex): (input: ChannelInput) => boolean {
  const { field, list } = test;
  const value = (input: ChannelInput) => (input[field] ?? '').trim().toLowerCase();
  if (test.absent) return (input) => !value(input);
  if (list) return (input) => networks.inList(value(input), list);
  if (test.matches !== undefined) {
    const pattern = new RegExp(test.matches, 'i');
    return (input) => pattern.test(value(input));
  }
  const values = new Set(test.in);
  return (input) => values.has(value(input));
}
