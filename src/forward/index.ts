export { createForwarder, type Forwarder, type ForwarderOptions } from './forwarder.js';
export { type Ga4Options, ga4 } from './ga4.js';
export { readForwardSettings } from './settings.js';
export { isSigned, type WebhookOptions, webhook } from './webhook.js';
