import type { Campaign, JsonObject } from '../../protocol/index.js';
import type { Who } from '../who.js';

/** A webhook request as services sign it: address and body to the letter. */
export interface Incoming {
  /** As the service was told it, with query. */
  url: string;
  headers: Headers;
  body: string;
}

/** One thing that a service tells of, in the words of the semantic events (measures.md 9.1). */
export interface Notice {
  /** What makes it this one and no other, in the service's own ids; a repeat has the same. */
  id: readonly (string | number | undefined)[];
  /** When it happened, ISO 8601; undefined where the service does not say. */
  at: string | undefined;
  event: string;
  who: Who;
  properties: JsonObject;
  campaign?: Campaign | undefined;
  /** `context.channel`: where it happened, e.g. `store`, `phone`. */
  channel?: string | undefined;
  /** A machine did it: a proxy, a scanner. */
  machine?: string | undefined;
}

/** What one entry of a request comes to: a notice, nothing of interest, or something that cannot be understood. */
export type Entry = Notice | 'ignored' | Unreadable;

/** Why an entry cannot be understood: it is no entry at all, or names no event, no id, no time that can be read. */
export type Unreadable = 'bad-event' | 'missing-event-name' | 'missing-id' | 'bad-timestamp';

/** What is to be done for the service beside recording: asks it to begin. */
export interface Confirmation {
  confirm: string;
}

/** One service. */
export interface Webhook {
  /** Undefined for a genuine request, else what is wrong with it. Never says anything of the secret. */
  verify(incoming: Incoming): string | undefined | Promise<string | undefined>;
  /**
   * The entries of a genuine request, or an address to call to be sent any. Throws `SyntaxError` for a body that cannot be
   * read.
   */
  read(incoming: Incoming): readonly Entry[] | Confirmation;
}
