/** The fields of a campaign that a parameter may fill. */
export type FamilyField =
  | 'source'
  | 'medium'
  | 'campaign'
  | 'id'
  | 'term'
  | 'content'
  | 'source_platform'
  | 'creative_format'
  | 'marketing_tactic';

/** Where the value of a campaign parameter goes. */
export interface Slot {
  family: string;
  /** Key of `Campaign`, or `xtor` for a value that holds several. */
  field: string;
  /** Lower wins where two parameters fill the same field. */
  rank: number;
  map?: (value: string) => string;
  /** Names a person: never kept. */
  personal?: true;
}

const MATOMO: Record<string, string> = {
  campaign: 'name',
  cpn: 'name',
  kwd: 'term',
  keyword: 'term',
  source: 'source',
  medium: 'medium',
  content: 'content',
  cid: 'id',
  group: 'group',
  placement: 'placement',
};

// The first of these that is there is the source: Piano has none of its own.
const PIANO: Record<string, string> = {
  medium: 'medium',
  campaign: 'name',
  platform: 'source',
  network: 'source',
  partner: 'source',
  affiliate_name: 'source',
  channel: 'source',
  creation: 'content',
  variant: 'variant',
  format: 'creative_format',
  term: 'term',
  identifier: 'id',
  general_placement: 'general_placement',
  detail_placement: 'detail_placement',
  audience: 'marketing_tactic',
  ad_group: 'ad_group',
  product: 'product',
  type: 'type',
  emailtype: 'emailtype',
  send_date: 'send_date',
  link: 'link',
  link_id: 'link_id',
  url: 'url',
  recipient_id: 'recipient',
  recipient_list: 'recipient',
};

/** Where a parameter's value goes, by its lower-cased name; undefined for one that is no campaign parameter. */
export function slotOf(name: string, own: ReadonlyMap<string, string>): Slot | undefined {
  const field = own.get(name);
  if (field && field !== 'affiliate') return { family: 'site', field: field === 'campaign' ? 'name' : field, rank: 1 };
  if (name.startsWith('utm_')) return utm(name.slice(4));
  const [, matomo] = /^(?:mtm|pk|piwik|matomo)_(.+)$/.exec(name) ?? [];
  const known = matomo === undefined ? undefined : entryOf(MATOMO, matomo);
  if (known) return { family: 'matomo', field: known, rank: 2 };
  if (name.startsWith('at_')) return piano(name.slice(3));
  if (name === 'xtor') return { family: 'piano', field: 'xtor', rank: 4 };
  if (name === 's_cid') return { family: 'adobe', field: 'id', rank: 5 };
  return name === 'wt_mc' ? { family: 'mapp', field: 'id', rank: 5 } : undefined;
}

function utm(suffix: string): Slot {
  // utm_name is what utm_campaign was called once.
  const field = suffix === 'campaign' ? 'name' : suffix;
  return { family: 'utm', field, rank: suffix === 'name' ? 0.5 : 0 };
}

function piano(suffix: string): Slot | undefined {
  const field = entryOf(PIANO, suffix);
  if (!field) return undefined;
  if (field === 'recipient') return { family: 'piano', field, rank: 3, personal: true };
  const rank = 3 + Object.keys(PIANO).indexOf(suffix) / 100;
  return { family: 'piano', field, rank, ...(field === 'medium' && { map: pianoMedium }) };
}

/** Own entries only: the names come from addresses that anybody can write, and `__proto__` is one. */
function entryOf(table: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

const PIANO_MEDIUMS: Record<string, string> = { social_ad: 'social_ad', affiliation: 'affiliate', emailing: 'email' };

function pianoMedium(value: string): string {
  return entryOf(PIANO_MEDIUMS, value.toLowerCase()) ?? value;
}

const CODES: Record<string, string> = {
  SEC: 'sl',
  EPR: 'email',
  EREC: 'email',
  ES: 'email',
  AD: 'display',
  AL: 'affiliate',
  RSS: 'rss',
  CS: 'custom',
};

/**
 * Piano's older `xtor`: `EPR-12-[spring-sale]-20261122` is a mail, `SEC-3` a sponsored link. Codes of the site's own
 * promotions (`INT`) are no campaign.
 */
export function readPianoCode(code: string, rank: number): { rank: number; field: string; value: string }[] {
  const [, prefix = '', id = '', rest = ''] = /^([a-z]+)\d*(?:-([^-[\]]*))?(?:-(.*))?$/is.exec(code) ?? [];
  const medium = CODES[prefix.toUpperCase()];
  if (!medium) return [];
  const name = /\[([^\]]+)\]/.exec(rest)?.[1] ?? '';
  const found = [
    { rank, field: 'medium', value: medium },
    { rank, field: 'id', value: id },
    { rank, field: 'name', value: name },
  ];
  return found.filter(({ value }) => value);
}
