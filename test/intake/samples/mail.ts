import { basicHeader, hmacOf, type WebhookSample } from './sample.js';

const email = (name: string, properties: object = {}, campaign: object = {}) => ({
  event: name,
  properties,
  context: { campaign, externalIds: [{ type: 'email_hash' }] },
});

const sms = {
  id: 26570,
  to: '33612345678',
  sms_count: 1,
  credits_used: 1.5,
  messageId: 123,
  remaining_credit: 11488.845,
  date: '2025-11-18 10:05:00',
  type: 'transactional',
  reference: 'abc',
  ts_event: 1763456700,
  tag: ['weekly'],
};

export const brevo: WebhookSample = {
  service: 'brevo',
  source: 'https://developers.brevo.com/docs/transactional-webhooks and /docs/marketing-webhooks',
  settings: { token: 'token of brevo' },
  sign: () => ({ authorization: 'Bearer token of brevo' }),
  forge: () => ({ authorization: 'Bearer another token' }),
  proof: 'authorization',
  secrets: ['token of brevo', 'ann@example.com', '185.107.232.1', '33612345678', 'THE REPLY'],
  requests: [
    {
      what: 'a click in a transactional e-mail',
      body: JSON.stringify({
        event: 'click',
        email: 'Ann@example.com',
        id: 26224,
        date: '2026-11-18 10:05:00',
        ts: 1763456700,
        'message-id': '<202611180905.58031203415@smtp-relay.mailin.fr>',
        ts_event: 1763456700,
        subject: 'Ann, your thread is waiting',
        'X-Mailin-custom': 'some_custom_header',
        sending_ip: '185.107.232.1',
        template_id: 22,
        tags: ['weekly'],
        ts_epoch: 1763456700123,
        link: 'https://shop.example/winter?utm_source=letter-12&utm_medium=email&utm_campaign=weekly&r=ann@example.com',
      }),
      events: [
        {
          ...email(
            'Email Link Clicked',
            {
              email_id: '<202611180905.58031203415@smtp-relay.mailin.fr>',
              link_url: 'https://shop.example/winter',
              campaign_name: 'weekly',
            },
            { source: 'letter-12', medium: 'email', name: 'weekly' },
          ),
          timestamp: '2025-11-18T09:05:00.123Z',
        },
      ],
    },
    {
      what: 'an SMS that was sent and delivered, one that failed, and a reply',
      body: JSON.stringify([
        { ...sms, msg_status: 'sent' },
        { ...sms, msg_status: 'delivered', ts_event: 1763456704 },
        { ...sms, messageId: 124, msg_status: 'hard_bounce', bounce_type: 'hard_bounce', description: 'unreachable' },
        { ...sms, msg_status: 'replied', reply: 'THE REPLY' },
        { ...sms, msg_status: 'constructor' },
      ]),
      events: [
        {
          event: 'Message Sent',
          timestamp: '2025-11-18T09:05:00.000Z',
          properties: { message_id: '123', campaign_name: 'weekly' },
          context: { campaign: { medium: 'sms' }, externalIds: [{ type: 'phone_hash' }] },
        },
        { event: 'Message Delivered', timestamp: '2025-11-18T09:05:04.000Z' },
        { event: 'Message Failed', properties: { message_id: '124', reason: 'unreachable' } },
      ],
    },
    {
      what: 'an open by a proxy, its echo, and a delivery that was put off',
      body: JSON.stringify([
        { event: 'proxy_open', email: 'ann@example.com', 'message-id': '<1@mailin.fr>', ts_epoch: 1763456800000 },
        {
          event: 'unique_proxy_open',
          email: 'ann@example.com',
          'message-id': '<1@mailin.fr>',
          ts_epoch: 1763456800000,
        },
        { event: 'deferred', email: 'ann@example.com', 'message-id': '<1@mailin.fr>', ts_epoch: 1763456800000 },
      ]),
      events: [email('Email Opened', { machine: true, machine_reason: 'proxy' }, { medium: 'email' })],
    },
    {
      what: 'a marketing campaign: opened, left',
      body: JSON.stringify([
        {
          id: 1239108,
          camp_id: 960,
          email: 'ann@example.com',
          'campaign name': 'My First Campaign',
          date_sent: '2026-11-16 14:09:40',
          date_event: '2026-11-16 14:11:28',
          tag: '',
          event: 'opened',
          segment_ids: [1, 10],
          ts: 1763302288,
          ts_event: 1763298688,
        },
        {
          id: 1239108,
          camp_id: 960,
          email: 'ann@example.com',
          'campaign name': 'My First Campaign',
          event: 'unsubscribe',
          list_id: [3, 42],
          ts_event: 1763298999,
        },
      ]),
      events: [
        email('Email Opened', { campaign_id: '960', campaign_name: 'My First Campaign' }, { medium: 'email' }),
        email('Unsubscribed', { list_id: '3' }),
      ],
    },
  ],
};

const CHROME =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

export const mailjet: WebhookSample = {
  service: 'mailjet',
  source: 'https://dev.mailjet.com/email/guides/webhooks/',
  settings: { user: 'mailjet', password: 'password of mailjet' },
  sign: () => basicHeader('mailjet', 'password of mailjet'),
  forge: () => basicHeader('mailjet', 'guessed'),
  proof: 'authorization',
  secrets: ['password of mailjet', 'bob@example.com', '127.0.0.99'],
  requests: [
    {
      what: 'a group of events: sent, open, click, bounce, unsub',
      body: JSON.stringify([
        {
          event: 'sent',
          time: 1433333949,
          MessageID: 19421777835146490,
          Message_GUID: '1ab23cd4-e567-8901-2345-6789f0gh1i2j',
          email: 'bob@example.com',
          mj_campaign_id: 7257,
          mj_contact_id: 4,
          customcampaign: 'spring',
          smtp_reply: 'sent (250 2.0.0 OK 1433333948 fa5si855896wjc.199 - gsmtp)',
          CustomID: 'helloworld',
          Payload: '',
        },
        {
          event: 'open',
          time: 1433340000,
          Message_GUID: '1ab23cd4-e567-8901-2345-6789f0gh1i2j',
          email: 'bob@example.com',
          mj_campaign_id: 7257,
          customcampaign: 'spring',
          ip: '127.0.0.99',
          geo: 'US',
          agent: 'Mozilla/5.0',
        },
        {
          event: 'click',
          time: 1433334941,
          Message_GUID: '1ab23cd4-e567-8901-2345-6789f0gh1i2j',
          email: 'bob@example.com',
          mj_campaign_id: 7257,
          customcampaign: 'spring',
          url: 'https://mailjet.com',
          ip: '127.0.0.99',
          agent: CHROME,
        },
        {
          event: 'bounce',
          time: 1430812195,
          Message_GUID: '2ab23cd4-e567-8901-2345-6789f0gh1i2j',
          email: 'bounce@mailjet.com',
          blocked: false,
          hard_bounce: true,
          error_related_to: 'recipient',
          error: 'user unknown',
        },
        { event: 'unsub', time: 1433334941, email: 'bob@example.com', mj_list_id: 1, ip: '127.0.0.99' },
      ]),
      events: [
        email('Email Delivered', { email_id: '1ab23cd4-e567-8901-2345-6789f0gh1i2j', campaign_id: '7257' }),
        email('Email Opened', { machine: true, machine_reason: 'apple-privacy' }, { medium: 'email' }),
        email('Email Link Clicked', { link_url: 'https://mailjet.com/' }),
        email('Email Bounced', { reason: 'user unknown' }),
        email('Unsubscribed', { list_id: '1' }),
      ],
    },
  ],
};

const MAILGUN_KEY = 'the signing key of mailgun';

export const mailgun: WebhookSample = {
  service: 'mailgun',
  source: 'https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/webhook-payloads',
  settings: { signingKey: MAILGUN_KEY },
  sign: () => ({}),
  forge: () => ({}),
  secrets: [MAILGUN_KEY, 'alice@example.com', '50.56.129.169'],
  requests: [
    {
      what: 'a click',
      body: signedByMailgun({
        event: 'clicked',
        id: 'Ase7i2zsRYeDXztHGENqRA',
        timestamp: 1521243339.873676,
        recipient: 'alice@example.com',
        'recipient-domain': 'example.com',
        url: 'http://mailgun.com/signup?token=alice@example.com',
        ip: '50.56.129.169',
        tags: ['my_tag_1', 'my_tag_2'],
        campaigns: [],
        geolocation: { city: 'San Francisco', country: 'US', region: 'CA' },
        'user-variables': { my_var_1: 'Mailgun Variable #1' },
        'client-info': {
          'client-name': 'Chrome',
          'client-type': 'browser',
          'device-type': 'desktop',
          'user-agent': CHROME,
        },
        message: { headers: { 'message-id': '20130503182626.18666.16540@sandbox.mailgun.org' } },
      }),
      events: [
        {
          ...email('Email Link Clicked', { link_url: 'http://mailgun.com/signup', campaign_name: 'my_tag_1' }),
          timestamp: '2018-03-16T23:35:39.873Z',
        },
      ],
    },
    {
      what: 'an open by Apple’s proxy',
      body: signedByMailgun({
        event: 'opened',
        id: 'Ase7i2zsRYeDXztHGENqRB',
        timestamp: 1521243339,
        recipient: 'alice@example.com',
        'client-info': { bot: 'apple', 'user-agent': 'Mozilla/5.0' },
        message: { headers: { 'message-id': '20130503182626.18666.16540@sandbox.mailgun.org' } },
      }),
      events: [email('Email Opened', { machine: true, machine_reason: 'apple-privacy' })],
    },
    {
      what: 'a failure that is tried again',
      body: signedByMailgun({
        event: 'failed',
        severity: 'temporary',
        id: 'x',
        timestamp: 1,
        recipient: 'alice@example.com',
      }),
      events: [],
    },
    {
      what: 'a failure for good',
      body: signedByMailgun({
        event: 'failed',
        severity: 'permanent',
        id: 'G9Bn5sl1TC6nu79C8C0bwg',
        timestamp: 1521233195.375624,
        reason: 'suppress-bounce',
        recipient: 'alice@example.com',
      }),
      events: [email('Email Bounced', { reason: 'suppress-bounce' })],
    },
  ],
};

function signedByMailgun(data: object): string {
  const token = 'a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0';
  const timestamp = `${Math.floor(Date.now() / 1000)}`;
  const signature = hmacOf('sha256', MAILGUN_KEY, timestamp + token, 'hex');
  return JSON.stringify({ signature: { timestamp, token, signature }, 'event-data': data });
}

export const postmark: WebhookSample = {
  service: 'postmark',
  source: 'https://postmarkapp.com/developer/webhooks/webhooks-overview',
  settings: { user: 'postmark', password: 'password of postmark' },
  sign: () => basicHeader('postmark', 'password of postmark'),
  forge: () => basicHeader('somebody', 'password of postmark'),
  proof: 'authorization',
  secrets: ['password of postmark', 'john@example.com', '188.2.95.4'],
  requests: [
    {
      what: 'a delivery',
      body: JSON.stringify({
        RecordType: 'Delivery',
        ServerID: 23,
        MessageStream: 'outbound',
        MessageID: '00000000-0000-0000-0000-000000000000',
        Recipient: 'john@example.com',
        Tag: 'welcome-email',
        DeliveredAt: '2021-02-21T16:34:52Z',
        Details: 'Test delivery webhook details',
        Metadata: { a_key: 'a_value' },
      }),
      events: [email('Email Delivered', { campaign_name: 'welcome-email', list_id: 'outbound' })],
    },
    {
      what: 'a click',
      body: JSON.stringify({
        RecordType: 'Click',
        MessageStream: 'outbound',
        MessageID: '00000000-0000-0000-0000-000000000000',
        Recipient: 'john@example.com',
        ReceivedAt: '2021-02-21T16:34:52Z',
        Platform: 'Desktop',
        ClickLocation: 'HTML',
        OriginalLink: 'https://example.com/a?utm_campaign=spring',
        UserAgent: CHROME,
        Geo: { CountryISOCode: 'RS', IP: '188.2.95.4' },
        Tag: 'welcome-email',
      }),
      events: [email('Email Link Clicked', { link_url: 'https://example.com/a' }, { name: 'spring' })],
    },
    {
      what: 'an open, a bounce, a complaint, a subscription ended and one taken up again',
      body: JSON.stringify([
        {
          RecordType: 'Open',
          FirstOpen: true,
          MessageID: '1',
          Recipient: 'john@example.com',
          ReceivedAt: '2021-02-21T16:34:52Z',
          UserAgent: 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
        },
        {
          RecordType: 'Bounce',
          ID: 42,
          Name: 'Hard bounce',
          Email: 'john@example.com',
          BouncedAt: '2021-02-21T16:34:52Z',
        },
        { RecordType: 'SpamComplaint', ID: 43, Email: 'john@example.com', BouncedAt: '2021-02-21T16:34:52Z' },
        {
          RecordType: 'SubscriptionChange',
          MessageID: '2',
          Recipient: 'john@example.com',
          ChangedAt: '2021-02-21T16:34:52Z',
          SuppressSending: true,
        },
        {
          RecordType: 'SubscriptionChange',
          MessageID: '3',
          Recipient: 'john@example.com',
          ChangedAt: '2021-02-22T16:34:52Z',
          SuppressSending: false,
        },
      ]),
      events: [
        email('Email Opened', { machine: true, machine_reason: 'google-proxy' }),
        email('Email Bounced', { reason: 'Hard bounce' }),
        email('Email Marked as Spam'),
        email('Unsubscribed'),
      ],
    },
  ],
};
