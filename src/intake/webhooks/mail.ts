import type { JsonObject } from '../../protocol/index.js';
import { machineAgentOf } from '../automation.js';
import type { Entry } from './contract.js';
import { entriesOf, filled, instantOf, type Loose, linkOf, objectOf, textOf } from './values.js';

/** What happened to an e-mail, in Segment's names. */
export const MAIL_EVENTS = {
  delivered: 'Email Delivered',
  opened: 'Email Opened',
  clicked: 'Email Link Clicked',
  bounced: 'Email Bounced',
  spam: 'Email Marked as Spam',
  unsubscribed: 'Unsubscribed',
} as const;

/** What a service says of one e-mail and one recipient; values as they come. */
export interface MailFacts {
  what: keyof typeof MAIL_EVENTS;
  /** The service's own ids of this event. */
  id: readonly unknown[];
  at: unknown;
  /** The recipient. */
  email: unknown;
  /** Names the message, so that delivery, open and click meet. */
  emailId: unknown;
  campaignId?: unknown;
  campaignName?: unknown;
  listId?: unknown;
  link?: unknown;
  /** Why it bounced. */
  reason?: unknown;
  /** The program that opened or clicked, where the service says so. */
  userAgent?: unknown;
  /** Why the open or click is a machine's, where the service knows. */
  machine?: string | undefined;
}

/**
 * The notice of an e-mail. The subject stays away: it is often written to one person. The campaign is what the link says
 * itself; without one no source is made up, so that click and landing are recognised as one touch.
 */
export function mailEntry(facts: MailFacts): Entry {
  const email = textOf(facts.email);
  if (email === undefined) return 'bad-event';
  const at = instantOf(facts.at);
  if (at === undefined) return 'bad-timestamp';
  const { url, campaign } = linkOf(facts.link);
  const properties: JsonObject = filled({
    email_id: textOf(facts.emailId),
    campaign_id: textOf(facts.campaignId),
    campaign_name: textOf(facts.campaignName),
    list_id: textOf(facts.listId),
    link_url: url,
    reason: textOf(facts.reason)?.slice(0, 200),
  });
  return {
    id: [MAIL_EVENTS[facts.what], email.toLowerCase(), at, ...facts.id.map((id) => textOf(id))],
    at,
    event: MAIL_EVENTS[facts.what],
    who: { email },
    properties,
    campaign: campaign ?? { medium: 'email' },
    machine: facts.machine ?? machineOf(facts),
  };
}

/** What one object of a service tells that names the kind in `event`; kinds that are not in `events` are passed over. */
type Describe = (fields: Loose, event: string) => Omit<MailFacts, 'what'>;
type MailWords = { readonly [event: string]: MailFacts['what'] };

/** The notices of a service that posts one such object, or a list of them. */
export function mailEntries(body: string, events: MailWords, describe: Describe): Entry[] {
  return entriesOf(body).map((entry) => mailEntryOf(objectOf(entry), events, describe));
}

/** The notice of one such object. */
export function mailEntryOf(fields: Loose, events: MailWords, describe: Describe): Entry {
  const event = textOf(fields.event);
  if (event === undefined) return 'bad-event';
  // The word is the sender's: `constructor` is none of ours.
  const what = Object.hasOwn(events, event) ? events[event] : undefined;
  return what ? mailEntry({ what, ...describe(fields, event) }) : 'ignored';
}

function machineOf({ what, userAgent }: MailFacts): string | undefined {
  const agent = textOf(userAgent);
  return agent !== undefined && (what === 'opened' || what === 'clicked') ? machineAgentOf(agent) : undefined;
}
