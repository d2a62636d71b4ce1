import { createHash } from 'node:crypto';
import type { WireEvent } from '../protocol/index.js';
import { LIBRARY } from './library.js';
import type { Notice } from './webhooks/contract.js';
import type { Identities } from './who.js';

/**
 * The event of a notice. Its message id is made from the door and the other system's own ids, so that a repeat is the same
 * event; hashed, because such ids may contain an address. `heardAt` stands in where the system does not say when.
 */
export function eventOf(door: string, notice: Notice, identities: Identities, heardAt: string): WireEvent {
  const { campaign, channel, machine, at } = notice;
  const { context, ...who } = identities.identityOf(identities.recipientOf(notice.who));
  return {
    type: 'track',
    event: notice.event,
    messageId: messageIdOf(door, notice.id),
    timestamp: at ?? heardAt,
    ...who,
    properties: { ...notice.properties, ...(machine !== undefined && { machine: true, machine_reason: machine }) },
    context: {
      ...context,
      ...(campaign && { campaign }),
      ...(channel !== undefined && { channel }),
      library: LIBRARY,
      ...((machine !== undefined || at === undefined) && {
        filrouge: {
          v: 1,
          ...(machine !== undefined && { automated: true }),
          ...(at === undefined && { undated: true }),
        },
      }),
    },
  };
}

function messageIdOf(door: string, id: Notice['id']): string {
  const digest = createHash('sha256').update(JSON.stringify(id.map((part) => part ?? null)));
  return `${door}-${digest.digest('base64url').slice(0, 27)}`;
}
