import type { Webhook } from './contract.js';
import { type MAIL_EVENTS, mailEntries } from './mail.js';
import { checkPassword, type Password } from './signature.js';

/** Mailjet's words; https://dev.mailjet.com/email/guides/webhooks/ */
const EVENTS: { [event: string]: keyof typeof MAIL_EVENTS } = {
  sent: 'delivered',
  open: 'opened',
  click: 'clicked',
  bounce: 'bounced',
  blocked: 'bounced',
  spam: 'spam',
  unsub: 'unsubscribed',
};

/** Mailjet. It does not sign: put user and password into the address of the endpoint. Single events and groups of them. */
export function mailjet(password: Password): Webhook {
  return {
    verify: ({ headers }) => checkPassword(headers, password),
    read: ({ body }) =>
      mailEntries(body, EVENTS, (fields) => ({
        id: [fields.Message_GUID ?? fields.MessageID, fields.url],
        at: fields.time,
        email: fields.email,
        emailId: fields.Message_GUID ?? fields.MessageID,
        campaignId: fields.mj_campaign_id,
        campaignName: fields.customcampaign,
        listId: fields.mj_list_id,
        link: fields.url,
        reason: fields.error,
        userAgent: fields.agent,
      })),
  };
}
