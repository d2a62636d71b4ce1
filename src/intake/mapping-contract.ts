/**
 * Where a value comes from. Text that begins with `$` is a place in the entry, any other text is meant literally. `as` says how
 * to read it, `words` puts one word for another (`*` for all that are not listed), `default` stands in for nothing.
 */
export type Source =
  | string
  | number
  | boolean
  | {
      /** Of several places the first that has something. */
      from: string | readonly string[];
      as?: 'text' | 'number' | 'boolean' | 'time' | undefined;
      words?: { [word: string]: string } | undefined;
      default?: string | number | boolean | undefined;
    };

/** A list made of a list, e.g. the lines of a receipt. */
export interface Each {
  each: string;
  item: { [name: string]: Source };
}

/**
 * How entries of another system (rows of a file, bodies of a webhook) become events: the JSON that `filrouge import --map` and a
 * `mapped` webhook take.
 */
export interface MappingJson {
  /** Names the mapping in message ids: entries of two mappings are never taken for repeats of each other. */
  name?: string;
  /** Only entries in which these places have these values. */
  when?: { [place: string]: string | number | boolean | readonly (string | number | boolean)[] };
  /** The name of the event. */
  event: Source;
  /** What makes an entry itself and no other; absent = all of it, so that two equal entries are one. */
  id?: readonly Source[];
  /** When it happened. */
  at?: Source;
  who?: { [field in 'userId' | 'email' | 'phone' | 'loyaltyId' | 'crmId' | 'anonymousId']?: Source };
  properties?: { [name: string]: Source | Each };
  /** `source`, `medium`, `name`, … */
  campaign?: { [name: string]: Source };
  /** `context.channel`. */
  channel?: Source;
  /** The zone of times that name none, e.g. `Europe/Paris`; default UTC. */
  timezone?: string;
  /** Day, month and year in dates like 21/11/2026; default `ymd`. */
  dates?: 'ymd' | 'dmy' | 'mdy';
  /** The sign before decimals; default `.`. */
  decimal?: '.' | ',';
}

/** A mapping that cannot be understood; the message names the place in it and what it must be. */
export class BadMapping extends Error {
  override name = 'BadMapping';
}
