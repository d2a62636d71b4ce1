/** The lists of sources that a rule may name; see `networks.ts`. */
export type SourceList =
  | 'search'
  | 'social'
  | 'shopping'
  | 'video'
  | 'ai'
  | 'messaging'
  | 'webmail'
  | 'ads'
  | 'affiliates';

/** What a rule may look at; a value that a visit does not have is absent. */
export interface RuleInput {
  /** Source, medium and campaign as Google Analytics shows them. */
  source?: string | undefined;
  medium?: string | undefined;
  campaign?: string | undefined;
  campaignId?: string | undefined;
  term?: string | undefined;
  content?: string | undefined;
  /** The medium as it was written, where an alias of `aliases.ts` stands for another; extended mode only. */
  alias?: string | undefined;
  /** The channel the event itself states (`context.channel`), e.g. `store`. */
  context?: string | undefined;
  /** Host of the referring page, or its `android-app://` reference. */
  referrer?: string | undefined;
  /** The page that was landed on; unknown when history is replayed from the store. */
  landing?: string | undefined;
  /** Names of the click ids that were present, with spaces between. */
  clickIds?: string | undefined;
}

/** One test on one value; without `in`, `list`, `matches` or `absent` it never holds. Comparisons ignore case. */
export interface RuleTest {
  field: keyof RuleInput;
  /** Is one of these values. */
  in?: readonly string[];
  /** Is a source of this list, exactly. */
  list?: SourceList;
  /** Matches this regular expression. */
  matches?: string;
  /** Has no value. */
  absent?: true;
}

/** The worlds that channels belong to. */
export type ChannelGroup = 'paid' | 'owned' | 'earned' | 'direct' | 'offline' | 'internal' | 'unknown';

/** A channel and when it applies: any of the alternatives, each of which is a list of tests that must all hold. */
export interface ChannelRule {
  id: string;
  channel: string;
  /** The group of a channel of your own; `unknown` when absent. Known channels have theirs. */
  group?: ChannelGroup;
  when: readonly (readonly RuleTest[])[];
  /** Not in Google's list; evaluated in mode `extended` only. */
  extension?: true;
}

/** Mediums that Google counts as paid. `recpt` is one, by the letter. */
export const PAID = '^(.*cp.*|ppc|retargeting|paid.*)$';

/** The source is in a list. */
export const list = (name: SourceList): RuleTest => ({ field: 'source', list: name });

/** The medium is one of these. */
export const medium = (...values: string[]): RuleTest => ({ field: 'medium', in: values });

/** The source is one of these. */
export const source = (...values: string[]): RuleTest => ({ field: 'source', in: values });

/** The medium is one that Google counts as paid. */
export const paid: RuleTest = { field: 'medium', matches: PAID };

/** A rule that Google does not have. */
export const extension = (id: string, channel: string, ...when: RuleTest[][]): ChannelRule => ({
  id,
  channel,
  extension: true,
  when,
});
