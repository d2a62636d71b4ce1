import { createSign, generateKeyPairSync, sign } from 'node:crypto';
import { ses as sesWebhook } from '../../../src/intake/webhooks/ses.js';
import { selfSigned } from './certificate.js';
import type { WebhookSample } from './sample.js';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const otherEc = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const TIMESTAMP = '1600112502';
const signSendgrid = (key: typeof ec.privateKey, body: string) => ({
  'x-twilio-email-event-webhook-timestamp': TIMESTAMP,
  'x-twilio-email-event-webhook-signature': sign('sha256', Buffer.from(TIMESTAMP + body), key).toString('base64'),
});
const email = (name: string, properties: object = {}) => ({
  event: name,
  properties,
  context: { externalIds: [{ type: 'email_hash' }] },
});

export const sendgrid: WebhookSample = {
  service: 'sendgrid',
  source: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event',
  settings: { publicKey: ec.publicKey.export({ format: 'der', type: 'spki' }).toString('base64') },
  sign: (body) => signSendgrid(ec.privateKey, body),
  forge: (body) => signSendgrid(otherEc.privateKey, body),
  proof: 'x-twilio-email-event-webhook-signature',
  secrets: ['example@test.example', '255.255.255.255'],
  requests: [
    {
      what: 'a batch of every kind',
      body: JSON.stringify([
        {
          email: 'example@test.example',
          timestamp: 1513299569,
          'smtp-id': '<14c5d75ce93.dfd.64b469@ismtpd-555>',
          event: 'processed',
          sg_event_id: 'rbtnWrG1DVDGGGFHFyun0A==',
          sg_message_id: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.000000000000000000000',
        },
        {
          email: 'example@test.example',
          timestamp: 1513299569,
          category: ['cat facts'],
          event: 'delivered',
          sg_event_id: 'ZGVsaXZlcmVkLTA',
          sg_message_id: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0',
          response: '250 OK',
        },
        {
          email: 'example@test.example',
          timestamp: 1513299569,
          event: 'open',
          sg_machine_open: true,
          useragent: 'Mozilla/4.0 (compatible; MSIE 6.1; Windows XP; .NET CLR 1.1.4322; .NET CLR 2.0.50727)',
          ip: '255.255.255.255',
          sg_event_id: 'FOTFFO0ecsBE-zxFXfs6WA==',
          sg_message_id: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0',
        },
        {
          email: 'example@test.example',
          timestamp: 1513299569,
          event: 'click',
          useragent: 'Mozilla/4.0 (compatible; MSIE 6.1; Windows XP; .NET CLR 1.1.4322; .NET CLR 2.0.50727)',
          ip: '255.255.255.255',
          sg_event_id: 'kCAi1KttyQdEKHhdC-nuEA==',
          sg_message_id: '14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0',
          url: 'http://www.sendgrid.com/?email=example@test.example',
          singlesend_id: 'c7d1',
          singlesend_name: 'November',
        },
        {
          email: 'example@test.example',
          timestamp: 1513299569,
          event: 'bounce',
          sg_event_id: '6g4ZI7SA-xmRDv57GoPIPw==',
          reason: '500 unknown recipient',
          status: '5.0.0',
        },
        {
          email: 'example@test.example',
          timestamp: 1513299569,
          event: 'spamreport',
          sg_event_id: '37nvH5QBz858KGVYCM4uOA==',
        },
        {
          email: 'example@test.example',
          timestamp: 1513299569,
          event: 'group_unsubscribe',
          sg_event_id: 'ahSCB7xYcXFb-hEaawsPRw==',
          asm_group_id: 10,
        },
      ]),
      events: [
        email('Email Delivered', { email_id: '14c5d75ce93', campaign_name: 'cat facts' }),
        email('Email Opened', { machine: true, machine_reason: 'apple-privacy' }),
        email('Email Link Clicked', {
          link_url: 'http://www.sendgrid.com/',
          campaign_name: 'November',
          campaign_id: 'c7d1',
        }),
        email('Email Bounced', { reason: '500 unknown recipient' }),
        email('Email Marked as Spam'),
        email('Unsubscribed', { list_id: '10' }),
      ],
    },
  ],
};

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const TOPIC = 'arn:aws:sns:eu-west-3:123456789012:mail';
const CERTIFICATE =
  'https://sns.eu-west-3.amazonaws.com/SimpleNotificationService-01d088a6f77103d0fe307c0069e40ed6.pem';

/** A message of SNS, signed as Amazon signs, by a key of these tests. */
export function snsMessage(fields: Record<string, string>, version: '1' | '2' = '1', key = rsa.privateKey): string {
  const message: Record<string, string> = {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: TOPIC,
    Timestamp: '2026-11-18T09:05:01.000Z',
    SigningCertURL: CERTIFICATE,
    ...fields,
  };
  const names = ['Message', 'MessageId', 'Subject', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const text = names.filter((name) => message[name] !== undefined).map((name) => `${name}\n${message[name]}\n`);
  const signer = createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256').update(text.join(''));
  return JSON.stringify({ ...message, SignatureVersion: version, Signature: signer.sign(key, 'base64') });
}

/** A certificate as Amazon's address would answer it. */
export const certificate = selfSigned(rsa);
export const forgedSns = (fields: Record<string, string>) => snsMessage(fields, '1', otherRsa.privateKey);

const mail = {
  timestamp: '2026-11-18T09:00:00.000Z',
  source: 'shop@shop.example',
  messageId: 'EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000',
  destination: ['recipient@example.com'],
  tags: { 'ses:configuration-set': ['ConfigSet'], campaign: ['weekly'] },
};
const notification = (event: object, version: '1' | '2' = '1') =>
  snsMessage({ Subject: 'Amazon SES Email Event Notification', Message: JSON.stringify({ mail, ...event }) }, version);

export const ses: WebhookSample = {
  service: 'ses',
  source:
    'https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-examples.html; the key is of these tests',
  settings: {},
  webhook: sesWebhook({ topics: [TOPIC], getCertificate: async () => certificate }),
  contentType: 'text/plain; charset=UTF-8',
  sign: () => ({ 'x-amz-sns-message-type': 'Notification' }),
  forge: () => ({}),
  secrets: ['recipient@example.com', '192.0.2.1'],
  requests: [
    {
      what: 'a click',
      body: notification({
        eventType: 'Click',
        click: {
          ipAddress: '192.0.2.1',
          link: 'http://docs.aws.amazon.com/ses/latest/DeveloperGuide/send-email-smtp.html?to=recipient@example.com',
          linkTags: { samplekey0: ['samplevalue0'] },
          timestamp: '2026-11-18T09:05:00.068Z',
          userAgent:
            'Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/60.0 Safari/537.36',
        },
      }),
      events: [
        {
          ...email('Email Link Clicked', { campaign_name: 'weekly' }),
          timestamp: '2026-11-18T09:05:00.068Z',
        },
      ],
    },
    {
      what: 'an open by Apple’s proxy, with the newer signature',
      body: notification(
        {
          eventType: 'Open',
          open: { timestamp: '2026-11-18T09:02:00Z', ipAddress: '192.0.2.1', userAgent: 'Mozilla/5.0' },
        },
        '2',
      ),
      events: [email('Email Opened', { machine: true, machine_reason: 'apple-privacy' })],
    },
    {
      what: 'a bounce of two recipients, as feedback notification',
      body: notification({
        notificationType: 'Bounce',
        bounce: {
          bounceType: 'Permanent',
          feedbackId: '01000157c44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000',
          timestamp: '2026-11-18T09:01:00.000Z',
          bouncedRecipients: [
            { emailAddress: 'recipient@example.com', diagnosticCode: 'smtp; 550 5.1.1 user unknown' },
            { emailAddress: 'recipient2@example.com' },
          ],
        },
      }),
      events: [email('Email Bounced', { reason: 'smtp; 550 5.1.1 user unknown' }), email('Email Bounced')],
    },
    {
      what: 'a delivery and a complaint',
      body: notification({
        eventType: 'Complaint',
        complaint: {
          feedbackId: 'c1',
          timestamp: '2026-11-18T09:06:00.000Z',
          complainedRecipients: [{ emailAddress: 'recipient@example.com' }],
        },
      }),
      events: [email('Email Marked as Spam')],
    },
    {
      what: 'a rendering failure',
      body: notification({ eventType: 'Rendering Failure', failure: { errorMessage: 'x', templateName: 'y' } }),
      events: [],
    },
  ],
};
