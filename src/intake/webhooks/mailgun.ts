import type { Webhook } from './contract.js';
import { type MAIL_EVENTS, mailEntry } from './mail.js';
import { hmac, isSame } from './signature.js';
import { listOf, objectOf, textOf } from './values.js';

/** Mailgun's words; https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads */
const EVENTS: { [event: string]: keyof typeof MAIL_EVENTS } = {
  delivered: 'delivered',
  opened: 'opened',
  clicked: 'clicked',
  failed: 'bounced',
  rejected: 'bounced',
  complained: 'spam',
  unsubscribed: 'unsubscribed',
};

/** Mailgun tries again for 8 hours. */
const OLDEST_S = 86_400;
/** Clocks differ. */
const NEWEST_S = 3600;

/** Settings of `mailgun`. */
export interface MailgunSettings {
  signingKey: string;
  /** The clock, milliseconds since 1970. */
  now?: () => number;
}

/**
 * Mailgun. The signature stands in the body: HMAC-SHA-256 of timestamp and token under the webhook signing key. It does not
 * cover the event, so one that leaked could tell anything: it counts for a day only.
 */
export function mailgun({ signingKey, now = Date.now }: MailgunSettings): Webhook {
  return {
    verify({ body }) {
      const { timestamp, token, signature } = objectOf(objectOf(JSON.parse(body)).signature);
      const given = textOf(signature);
      if (given === undefined) return 'the field "signature" is missing';
      const right = hmac('sha256', signingKey, `${textOf(timestamp) ?? ''}${textOf(token) ?? ''}`, 'hex');
      if (!isSame(given, right)) return 'the field "signature" does not match';
      const ageS = now() / 1000 - Number(timestamp);
      return ageS <= OLDEST_S && ageS >= -NEWEST_S ? undefined : 'the field "timestamp" is not of today';
    },
    read({ body }) {
      const fields = objectOf(objectOf(JSON.parse(body))['event-data']);
      const event = textOf(fields.event);
      if (event === undefined) return ['bad-event'];
      const what = Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined;
      // A temporary failure is tried again by Mailgun; only the last one is a bounce.
      if (!what || (event === 'failed' && fields.severity === 'temporary')) return ['ignored'];
      const headers = objectOf(objectOf(fields.message).headers);
      const client = objectOf(fields['client-info']);
      const list = objectOf(fields['mailing-list']);
      const bot = textOf(client.bot);
      return [
        mailEntry({
          what,
          id: [fields.id],
          at: fields.timestamp,
          email: fields.recipient,
          emailId: headers['message-id'],
          campaignId: objectOf(listOf(fields.campaigns)[0]).id,
          campaignName: objectOf(listOf(fields.campaigns)[0]).name ?? listOf(fields.tags)[0],
          listId: list['list-id'],
          link: fields.url,
          reason: fields.reason,
          userAgent: client['user-agent'],
          machine: bot === 'apple' ? 'apple-privacy' : bot === 'gmail' ? 'google-proxy' : bot,
        }),
      ];
    },
  };
}
