import { hash } from 'node:crypto';
import { machineAgentOf } from '../automation.js';
import type { Entry, Incoming, Webhook } from './contract.js';
import { checkHeader, hmac, isSame } from './signature.js';
import { entriesOf, filled, instantOf, type Loose, linkOf, numberOf, objectOf, textOf } from './values.js';

const HEADER = 'x-twilio-signature';

/**
 * Twilio: status of messages (SMS, WhatsApp), clicks on shortened links, calls. The signature covers the public address, so
 * `publicUrl` must be set behind a proxy. The text of messages is never read.
 */
export function twilio({ authToken }: { authToken: string }): Webhook {
  return {
    verify: (incoming) => checkTwilio(incoming, authToken),
    read({ headers, body }) {
      if (isJson(headers)) return entriesOf(body).map((entry) => readStream(objectOf(entry)));
      const fields: Loose = Object.fromEntries(new URLSearchParams(body));
      if (fields.CallSid !== undefined) return [readCall(fields)];
      return [fields.event_type === 'click' ? readClick(fields) : readStatus(fields)];
    },
  };
}

/** https://www.twilio.com/docs/usage/security#validating-requests */
function checkTwilio({ url, headers, body }: Incoming, authToken: string): string | undefined {
  if (!isJson(headers)) {
    const fields = [...new URLSearchParams(body)].map(([name, value]) => name + value).sort();
    return checkHeader(headers, HEADER, hmac('sha1', authToken, url + [...new Set(fields)].join(''), 'base64'));
  }
  const digest = new URL(url).searchParams.get('bodySHA256') ?? '';
  if (!isSame(digest.toLowerCase(), hash('sha256', body, 'hex'))) return 'the parameter bodySHA256 does not match';
  return checkHeader(headers, HEADER, hmac('sha1', authToken, url, 'base64'));
}

function isJson(headers: Headers): boolean {
  return /json/i.test(headers.get('content-type') ?? '');
}

const STATUS: { [status: string]: string } = {
  sent: 'Message Sent',
  delivered: 'Message Delivered',
  undelivered: 'Message Failed',
  failed: 'Message Failed',
  read: 'Message Read',
};

/** A status callback; it does not say when. */
function readStatus(fields: Loose): Entry {
  const sid = textOf(fields.MessageSid) ?? textOf(fields.SmsSid);
  const status = textOf(fields.MessageStatus) ?? textOf(fields.SmsStatus);
  if (sid === undefined || status === undefined) return 'bad-event';
  const event = Object.hasOwn(STATUS, status) ? STATUS[status] : undefined;
  if (!event) return 'ignored';
  const service = textOf(fields.MessagingServiceSid);
  const properties = filled({ message_id: sid, messaging_service: service, reason: textOf(fields.ErrorCode) });
  return { id: [sid, event], at: undefined, event, properties, ...personOf(fields.To) };
}

/** https://www.twilio.com/docs/messaging/features/link-shortening */
function readClick(fields: Loose): Entry {
  const sid = textOf(fields.sms_sid) ?? textOf(fields.message_sid);
  const at = instantOf(fields.click_time);
  if (sid === undefined) return 'bad-event';
  if (at === undefined) return 'bad-timestamp';
  const { url, campaign } = linkOf(fields.link);
  const { who, campaign: own } = personOf(fields.to);
  const agent = textOf(fields.user_agent);
  return {
    id: [sid, at, url],
    at,
    event: 'Message Clicked',
    who,
    properties: filled({ message_id: sid, link_url: url }),
    campaign: campaign ?? own,
    machine: agent === undefined ? undefined : machineAgentOf(agent),
  };
}

/** An event of Event Streams, a CloudEvent. */
function readStream({ type, data }: Loose): Entry {
  if (typeof type !== 'string') return 'bad-event';
  return type === 'com.twilio.daptbt.link-shortening.link-clicked' ? readClick(objectOf(data)) : 'ignored';
}

/** https://www.twilio.com/docs/voice/api/call-resource#statuscallback */
function readCall(fields: Loose): Entry {
  const sid = textOf(fields.CallSid) ?? '';
  const status = textOf(fields.CallStatus) ?? '';
  const isIncoming = !/^outbound/.test(textOf(fields.Direction) ?? '');
  const [customer, ours] = isIncoming ? [fields.From, fields.To] : [fields.To, fields.From];
  const call = {
    at: instantOf(fields.Timestamp),
    who: personOf(customer).who,
    channel: 'phone',
  };
  const properties = filled({ call_id: sid, number_id: textOf(ours), direction: isIncoming ? 'inbound' : 'outbound' });
  if (status === 'in-progress') return { ...call, id: [sid, 'start'], event: 'Call Started', properties };
  if (!/^(completed|busy|no-answer|failed|canceled)$/.test(status)) return 'ignored';
  const duration = numberOf(fields.CallDuration);
  const ended = filled({ ...properties, duration, outcome: status });
  return { ...call, id: [sid, 'end'], event: 'Call Ended', properties: ended };
}

/** `whatsapp:+33…` and `+33…`. */
function personOf(address: unknown): { who: { phone?: string }; campaign: { medium: string } } {
  const [, prefix, number] = /^(?:(whatsapp|messenger|rcs):)?(.*)$/.exec(textOf(address) ?? '') ?? [];
  const medium = prefix ?? 'sms';
  return { who: number ? { phone: number } : {}, campaign: { medium } };
}
