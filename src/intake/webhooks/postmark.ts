import type { Entry, Webhook } from './contract.js';
import { mailEntry } from './mail.js';
import { checkPassword, type Password } from './signature.js';
import { entriesOf, type Loose, objectOf, textOf } from './values.js';

/** Postmark. It does not sign: put user and password into the address of the webhook. */
export function postmark(password: Password): Webhook {
  return {
    verify: ({ headers }) => checkPassword(headers, password),
    read: ({ body }) => entriesOf(body).map((entry) => readRecord(objectOf(entry))),
  };
}

/** By `RecordType`; https://postmarkapp.com/developer/webhooks/webhooks-overview */
function readRecord(fields: Loose): Entry {
  const { RecordType: type, MessageID, Tag, MessageStream } = fields;
  const userAgent = fields.UserAgent;
  const mail = { emailId: MessageID, campaignName: Tag, listId: MessageStream, userAgent };
  const recipient = fields.Recipient ?? fields.Email;
  switch (textOf(type)) {
    case 'Delivery':
      return mailEntry({ ...mail, what: 'delivered', id: [MessageID], at: fields.DeliveredAt, email: recipient });
    case 'Open':
      return mailEntry({ ...mail, what: 'opened', id: [MessageID], at: fields.ReceivedAt, email: recipient });
    case 'Click': {
      const link = fields.OriginalLink;
      return mailEntry({
        ...mail,
        what: 'clicked',
        id: [MessageID, link],
        at: fields.ReceivedAt,
        email: recipient,
        link,
      });
    }
    case 'Bounce': {
      const { ID, BouncedAt, Name } = fields;
      return mailEntry({ ...mail, what: 'bounced', id: [ID], at: BouncedAt, email: recipient, reason: Name });
    }
    case 'SpamComplaint':
      return mailEntry({ ...mail, what: 'spam', id: [fields.ID], at: fields.BouncedAt, email: recipient });
    case 'SubscriptionChange':
      if (fields.SuppressSending !== true) return 'ignored';
      return mailEntry({ ...mail, what: 'unsubscribed', id: [MessageID], at: fields.ChangedAt, email: recipient });
    case undefined:
      return 'bad-event';
    default:
      return 'ignored';
  }
}
