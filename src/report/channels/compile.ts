import type { ChannelMode } from './channels.js';
import type { NetworkIndex } from './networks.js';
import { MEDIUM_ALIASES } from './rules/aliases.js';
import type { ChannelRule, RuleInput, RuleTest } from './rules/rule.js';

/** A channel, the rule that gave it, and what the rules read out of the input on the way. */
export interface Found {
  channel: string;
  ruleId: string;
  evidence: string[];
}

type Test = (input: RuleInput) => boolean;

/** Turns rule data into a function: the first rule that holds, else `Unassigned`. A wrong pattern throws at once. */
export function compileRules(
  rules: readonly ChannelRule[],
  networks: NetworkIndex,
  mode: ChannelMode,
): (input: RuleInput) => Found {
  const extended = mode === 'extended';
  const compiled = rules
    .filter((rule) => extended || !rule.extension)
    .map(({ id, channel, when, extension }) => ({
      id,
      channel,
      alternatives: when.map((tests) =>
        tests.map((test) => compileTest(test, networks, { extended, loose: !!extension })),
      ),
    }));
  return (input) => {
    const { read, evidence } = extended ? readAlias(input) : { read: input, evidence: [] };
    const rule = compiled.find(({ alternatives }) => alternatives.some((tests) => tests.every((holds) => holds(read))));
    return { channel: rule?.channel ?? 'Unassigned', ruleId: rule?.id ?? 'unassigned', evidence };
  };
}

/** Reads `sea` as `cpc`, and remembers that it was `sea`. */
function readAlias(input: RuleInput): { read: RuleInput; evidence: string[] } {
  const alias = input.medium?.trim().toLowerCase() ?? '';
  const medium = MEDIUM_ALIASES.get(alias) ?? MEDIUM_ALIASES.get(hyphened(alias));
  if (!medium) return { read: input, evidence: [] };
  return { read: { ...input, medium, alias }, evidence: [`medium ${alias} read as ${medium}`] };
}

/** The owner's patterns, and Google's, may take the square of the length, and senders choose the length. */
const LONGEST_VALUE = 512;

function hyphened(words: string): string {
  return words.replace(/[\s_]+/g, '-');
}

/** `loose`: Google compares to the letter; words of ours are as well written `call centre` or `call_centre`. */
function compileTest(
  test: RuleTest,
  networks: NetworkIndex,
  { extended, loose }: { extended: boolean; loose: boolean },
): Test {
  const { field, list } = test;
  const value = (input: RuleInput) => (input[field] ?? '').slice(0, LONGEST_VALUE).trim().toLowerCase();
  if (test.absent) return (input) => !value(input);
  if (list)
    return (input) => (extended ? networks.inList(value(input), list) : networks.inGoogleList(value(input), list));
  if (test.matches !== undefined) {
    const pattern = new RegExp(test.matches, 'i');
    return (input) => pattern.test(value(input));
  }
  const values = new Set(test.in?.map((one) => one.toLowerCase()));
  if (!loose) return (input) => values.has(value(input));
  return (input) => values.has(value(input)) || values.has(hyphened(value(input)));
}
