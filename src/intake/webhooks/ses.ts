import type { Entry, Webhook } from './contract.js';
import { mailEntry } from './mail.js';
import { type GetCertificate, isAmazonAddress, snsMessage, snsVerifier } from './sns.js';
import { type Loose, listOf, objectOf, textOf } from './values.js';

/** Settings of `ses`. */
export interface SesSettings {
  /** ARNs of your own topics: Amazon signs for all its customers, so the signature alone says little. */
  topics: readonly string[];
  /** How the certificate is fetched; default: from Amazon. */
  getCertificate?: GetCertificate;
}

/**
 * Amazon SES through SNS: event publishing and feedback notifications, with or without raw-message envelope of SES. The
 * subscription of a known topic is confirmed by itself.
 */
export function ses({ topics, getCertificate }: SesSettings): Webhook {
  const verify = snsVerifier(getCertificate);
  return {
    verify({ body }) {
      const message = snsMessage(body);
      if (!topics.includes(textOf(message.TopicArn) ?? '')) return 'TopicArn is not in the list of topics';
      return verify(message);
    },
    read({ body }) {
      const { Type, SubscribeURL, Message } = snsMessage(body);
      if (Type === 'SubscriptionConfirmation') {
        return isAmazonAddress(SubscribeURL) ? { confirm: SubscribeURL } : ['bad-event'];
      }
      return Type === 'Notification' ? readMessage(objectOf(JSON.parse(textOf(Message) ?? 'null'))) : ['ignored'];
    },
  };
}

/** https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
function readMessage(fields: Loose): Entry[] {
  const type = textOf(fields.eventType) ?? textOf(fields.notificationType);
  if (type === undefined) return ['ignored'];
  const mail = objectOf(fields.mail);
  const tags = objectOf(mail.tags);
  const campaign = listOf(tags.campaign)[0] ?? listOf(tags['ses:configuration-set'])[0];
  const about = { emailId: mail.messageId, campaignName: campaign };
  const recipients = listOf(mail.destination);
  const part = objectOf(fields[type.toLowerCase()]);
  const at = part.timestamp;
  // An open or click of a message to several people is nobody's in particular.
  const only = recipients.length === 1 ? recipients[0] : undefined;
  switch (type) {
    case 'Delivery':
      return to(part.recipients ?? recipients).map((email) =>
        mailEntry({ ...about, what: 'delivered', id: [mail.messageId], at, email }),
      );
    case 'Open':
      return [
        mailEntry({ ...about, what: 'opened', id: [mail.messageId], at, email: only, userAgent: part.userAgent }),
      ];
    case 'Click': {
      const { link, userAgent } = part;
      return [mailEntry({ ...about, what: 'clicked', id: [mail.messageId, link], at, email: only, link, userAgent })];
    }
    case 'Bounce':
      return listOf(part.bouncedRecipients).map((one) => {
        const { emailAddress: email, diagnosticCode: reason } = objectOf(one);
        return mailEntry({ ...about, what: 'bounced', id: [part.feedbackId], at, email, reason });
      });
    case 'Complaint':
      return listOf(part.complainedRecipients).map((one) =>
        mailEntry({ ...about, what: 'spam', id: [part.feedbackId], at, email: objectOf(one).emailAddress }),
      );
    case 'Subscription': {
      if (objectOf(part.newTopicPreferences).unsubscribeAll !== true) return ['ignored'];
      return [
        mailEntry({ ...about, what: 'unsubscribed', id: [mail.messageId], at, email: only, listId: part.contactList }),
      ];
    }
    default:
      return ['ignored'];
  }
}

function to(recipients: unknown): readonly unknown[] {
  return listOf(recipients);
}
