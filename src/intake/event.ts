import { createHash } from 'node:crypto';
import type { JsonObject, WireEvent } from '../protocol/index.js';
import { LIBRARY } from './library.js';
import { readLink } from './link.js';
import type { Signer } from './token.js';
import type { Notice } from './webhooks/contract.js';
import { filled } from './webhooks/values.js';
import type { Identities } from './who.js';

/** What events of notices are made with. */
export interface EventMaking {
  identities: Identities;
  /** Reads links of our own, to which a mailer's click may lead. */
  signer: Signer;
}

/**
 * The event of a notice. Its message id is made from the door and the other system's own ids, so that a repeat is the same
 * event; hashed, because such ids may contain an address. `heardAt` stands in where the system does not say when.
 */
export function eventOf(door: string, notice: Notice, making: EventMaking, heardAt: string): WireEvent {
  const { channel, machine, at } = notice;
  const { identities } = making;
  const { context, ...who } = identities.identityOf(identities.recipientOf(notice.who));
  const { campaign, properties } = throughOwnLink(notice, making);
  const isMachine = machine !== undefined;
  return {
    type: 'track',
    event: notice.event,
    messageId: messageIdOf(door, notice.id),
    timestamp: at ?? heardAt,
    ...who,
    properties: { ...properties, ...(isMachine && { machine: true, machine_reason: machine }) },
    context: {
      ...context,
      ...(campaign && { campaign }),
      ...(channel !== undefined && { channel }),
      library: LIBRARY,
      ...(isMachine && { filrouge: { v: 1, automated: true } }),
    },
  };
}

/**
 * A click on a signed link of our own leads to that link's target and has its campaign: so it is one touch with the landing,
 * and the token, which may name a recipient, is not kept.
 */
function throughOwnLink(
  { campaign, properties }: Notice,
  { signer }: EventMaking,
): Pick<Notice, 'campaign'> & { properties: JsonObject } {
  const { link_url: address } = properties;
  const [, token] = (typeof address === 'string' && /^https?:\/\/[^/]+\/r\/([\w.-]+)$/.exec(address)) || [];
  const link = token === undefined ? undefined : readLink(signer, 'link', token);
  if (!link) return { campaign, properties };
  const isNamed = Object.keys(link.campaign).length > 0;
  return {
    campaign: isNamed ? link.campaign : campaign,
    properties: filled({ ...properties, link_id: link.id, link_url: link.url }),
  };
}

function messageIdOf(door: string, id: Notice['id']): string {
  const digest = createHash('sha256').update(JSON.stringify(id.map((part) => part ?? null)));
  return `${door}-${digest.digest('base64url').slice(0, 27)}`;
}
