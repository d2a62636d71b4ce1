import type { WireEvent } from '../../protocol/index.js';
import { objectOf } from '../../stores/loose.js';
import { externalId, type HashOptions, nameAsked, nameIdentifier } from '../../stores/persons/identifiers.js';
import { createIdentityReader } from '../../stores/stamp/identity.js';
import { createMentions, type Mentions } from './mentions.js';

/** Under which names events and questions are about somebody, as the stores have them. */
export interface Principals {
  /**
   * Whose an event is: its user, else its device and what else it says about who that is (`email_hash:…`). Where a user is
   * named, the others are kept apart: a couple shares a mailbox, and an erasure of one takes nothing from the other.
   */
  of(event: WireEvent): { own: string[]; others: readonly string[]; isUser: boolean };
  /**
   * The names that somebody who asks means. An e-mail address or phone number without `email:` or `phone:` may be a user id as
   * well, and stands for both.
   */
  asked(identifier: string): string[];
  /** Finds these names in what events say beside their identity. */
  mentions(names: ReadonlySet<string>): Mentions;
  /** Empties the memory of addresses and numbers. */
  forget(): void;
}

/** Reads them with the store's pepper and country. */
export function createPrincipals(options: HashOptions): Principals {
  let read = createIdentityReader(options);
  return {
    of(event) {
      const { userId, device, others } = read(event, objectOf(event.context));
      return userId === null
        ? { own: [device.slice(1), ...others], others: [], isUser: false }
        : { own: [userId], others, isUser: true };
    },
    asked(identifier) {
      const name = nameAsked(identifier, options);
      const kind = identifier.includes('@') ? 'email' : /^\+[\d ()./-]+$/.test(identifier) ? 'phone' : undefined;
      const contact = name === identifier && kind ? externalId(kind, identifier, options) : undefined;
      return contact ? [name, nameIdentifier(contact)] : [name];
    },
    mentions: (names) => createMentions(options, names),
    forget() {
      read = createIdentityReader(options);
    },
  };
}
