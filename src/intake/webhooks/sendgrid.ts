import { createPublicKey, verify } from 'node:crypto';
import type { Webhook } from './contract.js';
import { type MAIL_EVENTS, mailEntries } from './mail.js';
import { listOf, textOf } from './values.js';

/** SendGrid's words; https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event */
const EVENTS: { [event: string]: keyof typeof MAIL_EVENTS } = {
  delivered: 'delivered',
  open: 'opened',
  click: 'clicked',
  bounce: 'bounced',
  dropped: 'bounced',
  spamreport: 'spam',
  unsubscribe: 'unsubscribed',
  group_unsubscribe: 'unsubscribed',
};

const SIGNATURE = 'x-twilio-email-event-webhook-signature';
const TIMESTAMP = 'x-twilio-email-event-webhook-timestamp';

/**
 * SendGrid's signed event webhook: ECDSA over timestamp and body. `publicKey` is the verification key as the settings page
 * shows it (base64 of DER). Throws when that is no key.
 */
export function sendgrid({ publicKey }: { publicKey: string }): Webhook {
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return {
    verify({ headers, body }) {
      const signature = headers.get(SIGNATURE);
      const timestamp = headers.get(TIMESTAMP);
      if (signature === null || timestamp === null)
        return `the header ${signature === null ? SIGNATURE : TIMESTAMP} is missing`;
      const isGenuine = verify('sha256', Buffer.from(timestamp + body), key, Buffer.from(signature, 'base64'));
      return isGenuine ? undefined : `the header ${SIGNATURE} does not match`;
    },
    read: ({ body }) =>
      mailEntries(body, EVENTS, (fields) => ({
        id: [fields.sg_event_id],
        at: fields.timestamp,
        email: fields.email,
        // The part before the dot names the message, the rest its way through SendGrid's machines.
        emailId: textOf(fields.sg_message_id)?.split('.')[0],
        campaignId: fields.singlesend_id ?? fields.marketing_campaign_id ?? fields.mc_auto_id,
        campaignName:
          fields.singlesend_name ?? fields.marketing_campaign_name ?? listOf(fields.category)[0] ?? fields.category,
        listId: fields.asm_group_id,
        link: fields.url,
        reason: fields.reason,
        userAgent: fields.useragent,
        machine: fields.sg_machine_open === true ? 'apple-privacy' : undefined,
      })),
  };
}
