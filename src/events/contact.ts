import type { Shape } from './kinds.js';

const EMAIL = {
  email_id: 'text',
  email_subject: 'text',
  campaign_id: 'text',
  campaign_name: 'text',
  list_id: 'text',
  list_name: 'text',
  link_id: 'text',
  link_url: 'text',
} as const satisfies Shape;
const MESSAGE = {
  message_id: 'text',
  campaign_id: 'text',
  campaign_name: 'text',
  link_url: 'text',
} as const satisfies Shape;
const PUSH = { campaign: 'text', campaign_id: 'text', campaign_name: 'text', action: 'text' } as const satisfies Shape;
const CHAT = {
  agent_id: 'text',
  agent_name: 'text',
  agent_username: 'text',
  conversation_id: 'text',
  conversation_duration: 'number',
  message_id: 'text',
  message_body: 'text',
} as const satisfies Shape;
const CALL = {
  call_id: 'text',
  direction: 'text',
  number_called: 'text',
  duration: 'number',
  outcome: 'text',
  agent_id: 'text',
  campaign_id: 'text',
} as const satisfies Shape;
const STORE = { store_id: 'text', store_name: 'text', order_id: 'text', duration: 'number' } as const satisfies Shape;
const SURVEY = {
  survey_id: 'text',
  survey_name: 'text',
  question: 'text',
  answer: 'text',
  score: 'number',
} as const satisfies Shape;

/** E-mail, text messages and push. Source: segment.com/docs, "Spec: Email events", "Spec: Mobile events". */
export const MESSAGES = {
  'Email Delivered': EMAIL,
  'Email Opened': EMAIL,
  'Email Link Clicked': EMAIL,
  'Email Bounced': EMAIL,
  'Email Marked as Spam': EMAIL,
  Unsubscribed: EMAIL,
  'Message Delivered': MESSAGE,
  'Message Clicked': MESSAGE,
  'Push Notification Received': PUSH,
  'Push Notification Tapped': PUSH,
  'Push Notification Bounced': PUSH,
} as const satisfies { readonly [event: string]: Shape };

/** Live chat (Segment's spec), and contacts outside of the web, for which there is no spec of the field. */
export const CONTACTS = {
  'Live Chat Conversation Started': CHAT,
  'Live Chat Message Sent': CHAT,
  'Live Chat Message Received': CHAT,
  'Live Chat Conversation Ended': CHAT,
  'Call Started': CALL,
  'Call Received': CALL,
  'Call Ended': CALL,
  'Store Visited': STORE,
  'Order Ready for Pickup': STORE,
  'Order Picked Up': STORE,
  'Survey Answered': SURVEY,
} as const satisfies { readonly [event: string]: Shape };
