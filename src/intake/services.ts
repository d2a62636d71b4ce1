import { brevo } from './webhooks/brevo.js';
import type { Webhook } from './webhooks/contract.js';
import { mailgun } from './webhooks/mailgun.js';
import { mailjet } from './webhooks/mailjet.js';
import { type MappedProof, mapped } from './webhooks/mapped.js';
import { postmark } from './webhooks/postmark.js';
import { sendgrid } from './webhooks/sendgrid.js';
import { ses } from './webhooks/ses.js';
import { shopify } from './webhooks/shopify.js';
import type { Password } from './webhooks/signature.js';
import { twilio } from './webhooks/twilio.js';
import { woocommerce } from './webhooks/woocommerce.js';

/** Settings of one webhook as JSON: what its service needs, and `type` where the name is not that of a service. */
export type WebhookSettings = { readonly [field: string]: unknown };

/** Reads fields of settings; each of them throws with the name of the field when it is not what it must be. */
interface Fields {
  text(name: string): string;
  password(): Password;
  rest: WebhookSettings;
}

const SERVICES: { [type: string]: (fields: Fields) => Webhook } = {
  brevo: ({ password }) => brevo(password()),
  mailjet: ({ password }) => mailjet(password()),
  postmark: ({ password }) => postmark(password()),
  sendgrid: ({ text }) => sendgrid({ publicKey: text('publicKey') }),
  mailgun: ({ text }) => mailgun({ signingKey: text('signingKey') }),
  ses: ({ rest }) => ses({ topics: textsOf(rest.topics, 'topics') }),
  twilio: ({ text }) => twilio({ authToken: text('authToken') }),
  shopify: ({ text, rest }) => shopify({ secret: text('secret'), orderId: rest.orderId === 'name' ? 'name' : 'id' }),
  woocommerce: ({ text }) => woocommerce({ secret: text('secret') }),
  mapped: ({ rest }) => readMapped(rest),
};

/** The names that `type` may have. */
export const SERVICE_NAMES: readonly string[] = Object.keys(SERVICES);

/** A webhook from its settings in a file. Throws with a sentence that names the webhook and the field. */
export function createWebhook(name: string, settings: WebhookSettings): Webhook {
  const { type = name, ...rest } = settings;
  const make = typeof type === 'string' && Object.hasOwn(SERVICES, type) ? SERVICES[type] : undefined;
  if (!make) throw new Error(`webhooks.${name}: "type" must be one of ${SERVICE_NAMES.join(', ')}.`);
  const text = (field: string): string => {
    const value = rest[field];
    if (typeof value !== 'string' || !value) throw new Error(`"${field}" must be a text.`);
    return value;
  };
  const password = (): Password =>
    rest.token === undefined ? { user: text('user'), password: text('password') } : { token: text('token') };
  try {
    return make({ text, password, rest });
  } catch (error) {
    throw new Error(`webhooks.${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function textsOf(value: unknown, field: string): string[] {
  if (!Array.isArray(value) || !value.length || !value.every((one) => typeof one === 'string')) {
    throw new Error(`"${field}" must be a list of texts.`);
  }
  return value;
}

function readMapped({ proof, events, each }: WebhookSettings): Webhook {
  if (!Array.isArray(events) || !events.length) throw new Error('"events" must be a list of mappings.');
  if (each !== undefined && typeof each !== 'string') throw new Error('"each" must be a place, e.g. "$.items".');
  return mapped({ proof: readProof(proof), events, each });
}

/** Without a proof everybody could report orders. */
function readProof(value: unknown): MappedProof {
  const proof: { [field: string]: unknown } = typeof value === 'object' && value !== null ? { ...value } : {};
  const { token, user, password, header, secret, prefix, algorithm = 'sha256', encoding = 'hex' } = proof;
  if (typeof token === 'string' && token) return { token };
  if (typeof user === 'string' && typeof password === 'string' && password) return { user, password };
  if (typeof header !== 'string' || typeof secret !== 'string' || !secret) {
    throw new Error('"proof" must have "token", or "user" and "password", or "header" and "secret".');
  }
  if (algorithm !== 'sha1' && algorithm !== 'sha256' && algorithm !== 'sha512') {
    throw new Error('"proof.algorithm" must be sha1, sha256 or sha512.');
  }
  if (encoding !== 'hex' && encoding !== 'base64') throw new Error('"proof.encoding" must be hex or base64.');
  return { header, secret, algorithm, encoding, prefix: typeof prefix === 'string' ? prefix : '' };
}
