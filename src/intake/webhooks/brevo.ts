import type { Webhook } from './contract.js';
import { type MAIL_EVENTS, mailEntries } from './mail.js';
import { checkPassword, type Password } from './signature.js';
import { listOf } from './values.js';

/** Brevo's words, of transactional and marketing webhooks; https://developers.brevo.com/docs/transactional-webhooks */
const EVENTS: { [event: string]: keyof typeof MAIL_EVENTS } = {
  delivered: 'delivered',
  opened: 'opened',
  open: 'opened',
  unique_opened: 'opened',
  proxy_open: 'opened',
  unique_proxy_open: 'opened',
  click: 'clicked',
  clicked: 'clicked',
  hard_bounce: 'bounced',
  soft_bounce: 'bounced',
  invalid_email: 'bounced',
  blocked: 'bounced',
  spam: 'spam',
  unsubscribe: 'unsubscribed',
  unsubscribed: 'unsubscribed',
};

/**
 * Brevo. It does not sign: give the webhook a token (Bearer) or user and password. A first opening comes as `unique_opened`, and
 * as `opened` too where both are chosen: they are one event.
 */
export function brevo(password: Password): Webhook {
  return {
    verify: ({ headers }) => checkPassword(headers, password),
    read: ({ body }) =>
      mailEntries(body, EVENTS, (fields, event) => ({
        id: [fields['message-id'] ?? fields.camp_id, fields.link ?? fields.URL],
        // `date` and `date_event` are in the account's own time zone, which is not said.
        at: fields.ts_epoch ?? fields.ts_event ?? fields.ts,
        email: fields.email,
        emailId: fields['message-id'],
        campaignId: fields.camp_id ?? fields.template_id,
        campaignName: fields['campaign name'] ?? listOf(fields.tags)[0] ?? fields.tag,
        listId: listOf(fields.list_id)[0] ?? fields.list_id,
        link: fields.link ?? fields.URL,
        reason: fields.reason,
        userAgent: fields.user_agent,
        machine: event.endsWith('proxy_open') ? 'proxy' : undefined,
      })),
  };
}
