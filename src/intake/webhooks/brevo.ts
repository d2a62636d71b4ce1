import type { Entry, Webhook } from './contract.js';
import { type MAIL_EVENTS, mailEntryOf } from './mail.js';
import { checkPassword, type Password } from './signature.js';
import { entriesOf, filled, instantOf, type Loose, listOf, objectOf, textOf } from './values.js';

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
 * Brevo, e-mails and SMS. It does not sign: give the webhook a token (Bearer) or user and password. A first opening comes as
 * `unique_opened`, and as `opened` too where both are chosen: they are one event.
 */
export function brevo(password: Password): Webhook {
  return {
    verify: ({ headers }) => checkPassword(headers, password),
    read: ({ body }) =>
      entriesOf(body).map((entry) => {
        const fields = objectOf(entry);
        return fields.msg_status === undefined ? readMail(fields) : readSms(fields);
      }),
  };
}

function readMail(fields: Loose): Entry {
  return mailEntryOf(fields, EVENTS, (_, event) => ({
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
  }));
}

/** How an SMS is doing; letters only, because Brevo's pages write `soft_bounce` and its API `softBounce`. */
const SMS_EVENTS: { [status: string]: string } = {
  sent: 'Message Sent',
  delivered: 'Message Delivered',
  softbounce: 'Message Failed',
  hardbounce: 'Message Failed',
  rejected: 'Message Failed',
};

/**
 * An SMS, transactional or of a campaign: `to` is an international number without its plus, `ts_event` the time in seconds (UTC;
 * `date` is in Central European Time). The text of a reply is never read.
 * Source: https://developers.brevo.com/docs/transactional-webhooks, "Transactional SMS".
 */
function readSms(fields: Loose): Entry {
  const status = (textOf(fields.msg_status) ?? '').toLowerCase().replace(/[^a-z]/g, '');
  const number = textOf(fields.to)?.replace(/[^\d]/g, '');
  if (!status || !number) return 'bad-event';
  const event = Object.hasOwn(SMS_EVENTS, status) ? SMS_EVENTS[status] : undefined;
  if (event === undefined) return 'ignored';
  const at = instantOf(fields.ts_event);
  if (at === undefined && fields.ts_event !== undefined) return 'bad-timestamp';
  const message = textOf(fields.messageId) ?? textOf(fields.message_id);
  const campaign = textOf(fields.campaign_id);
  return {
    id: ['sms', event, number, message ?? campaign ?? textOf(fields.reference), at],
    at,
    event,
    who: { phone: `+${number}` },
    properties: filled({
      message_id: message,
      campaign_id: campaign,
      campaign_name: textOf(listOf(fields.tag)[0]) ?? textOf(fields.tag),
      reason: event === 'Message Failed' ? textOf(fields.description)?.slice(0, 200) : undefined,
    }),
    campaign: { medium: 'sms' },
  };
}
