import { createHash } from 'node:crypto';
import { hmacOf, type WebhookSample } from './sample.js';

const TOKEN = 'auth token of twilio';
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();

/** https://www.twilio.com/docs/usage/security#validating-requests */
function signature(token: string, body: string, url: string): string {
  if (body.startsWith('[')) return hmacOf('sha1', token, url, 'base64');
  const fields = [...new URLSearchParams(body)].sort(([a], [b]) => (a < b ? -1 : 1));
  return hmacOf('sha1', token, url + fields.map(([name, value]) => name + value).join(''), 'base64');
}

const number = { externalIds: [{ type: 'phone_hash' }] };

export const twilio: WebhookSample = {
  service: 'twilio',
  source:
    'https://www.twilio.com/docs/messaging/guides/track-outbound-message-status and /docs/voice/api/call-resource',
  settings: { authToken: TOKEN },
  contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
  sign: (body, url) => ({ 'x-twilio-signature': signature(TOKEN, body, url) }),
  forge: (body, url) => ({ 'x-twilio-signature': signature('another token', body, url) }),
  proof: 'x-twilio-signature',
  secrets: [TOKEN, '33612345678', '33699999999'],
  requests: [
    {
      what: 'an SMS that was delivered',
      body: form({
        SmsSid: 'SM2xxxxxx',
        SmsStatus: 'delivered',
        MessageStatus: 'delivered',
        To: '+33612345678',
        MessageSid: 'SM2xxxxxx',
        AccountSid: 'ACxxxxxxxx',
        From: '+15017250604',
        ApiVersion: '2010-04-01',
      }),
      events: [
        {
          event: 'Message Delivered',
          properties: { message_id: 'SM2xxxxxx' },
          context: { ...number, campaign: { medium: 'sms' } },
        },
      ],
    },
    {
      what: 'a WhatsApp message that is on its way',
      body: form({
        MessageSid: 'SM3',
        MessageStatus: 'queued',
        To: 'whatsapp:+33612345678',
        From: 'whatsapp:+15017250604',
      }),
      events: [],
    },
    {
      what: 'a WhatsApp message that was read',
      body: form({
        MessageSid: 'SM3',
        MessageStatus: 'read',
        To: 'whatsapp:+33612345678',
        From: 'whatsapp:+15017250604',
      }),
      events: [{ event: 'Message Read', context: { ...number, campaign: { medium: 'whatsapp' } } }],
    },
    {
      what: 'a click on a shortened link',
      body: form({
        event_type: 'click',
        sms_sid: 'SMa8bc5ab51d4a45ff8c6d6ab35c4d6a9c',
        to: '+33612345678',
        from: '+15017250604',
        link: 'https://shop.example/winter?utm_source=twilio&utm_medium=sms&utm_campaign=sale&p=33612345678',
        click_time: '2026-11-18T09:05:00Z',
        messaging_service_sid: 'MG0000000000000000000000000000001',
        account_sid: 'AC0',
        user_agent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1',
      }),
      events: [
        {
          event: 'Message Clicked',
          timestamp: '2026-11-18T09:05:00.000Z',
          properties: { link_url: 'https://shop.example/winter' },
          context: { ...number, campaign: { source: 'twilio', medium: 'sms', name: 'sale' } },
        },
      ],
    },
    {
      what: 'a call that begins',
      body: form({
        CallSid: 'CA1234567890ABCDE',
        CallStatus: 'in-progress',
        From: '+33612345678',
        To: '+33199000000',
        Direction: 'inbound',
        Timestamp: 'Thu, 19 Nov 2026 14:00:00 +0000',
      }),
      events: [
        {
          event: 'Call Started',
          timestamp: '2026-11-19T14:00:00.000Z',
          properties: { number_id: '+33199000000', direction: 'inbound' },
          context: { ...number, channel: 'phone' },
        },
      ],
    },
    {
      what: 'a call to a customer that nobody took',
      body: form({
        CallSid: 'CA2',
        CallStatus: 'no-answer',
        From: '+33199000000',
        To: '+33699999999',
        Direction: 'outbound-api',
        CallDuration: '0',
        Timestamp: 'Thu, 19 Nov 2026 14:10:00 +0000',
      }),
      events: [{ event: 'Call Ended', properties: { duration: 0, outcome: 'no-answer', number_id: '+33199000000' } }],
    },
    jsonRequest([
      {
        specversion: '1.0',
        type: 'com.twilio.daptbt.link-shortening.link-clicked',
        id: 'NO00000000000000000000000001',
        data: {
          message_sid: 'SM0000000000000000000000000000001',
          to: '+33612345678',
          from: '+12345678901',
          link: 'https://mycompany.com/my-very-long-endpoint?withSomeQuery=values',
          shortened_link: 'https://mycompany.com/0000000001',
          click_time: '2025-01-01T00:10:00.000Z',
          user_agent:
            'Mozilla/5.0 (X11; Linux x86_64) Chrome/56.0 Google-PageRenderer Google (+https://developers.google.com/)',
        },
      },
    ]),
  ],
};

function jsonRequest(body: object): WebhookSample['requests'][number] {
  const text = JSON.stringify(body);
  return {
    what: 'a click by a renderer, as Event Streams tell it',
    body: text,
    headers: { 'content-type': 'application/json' },
    search: `?bodySHA256=${createHash('sha256').update(text).digest('hex')}`,
    events: [{ event: 'Message Clicked', properties: { machine: true }, context: { filrouge: { automated: true } } }],
  };
}
