import { createHmac } from 'node:crypto';
import type { Webhook, WebhookSettings } from '../../../src/intake/index.js';

/** One request as a service sends it, and what it must come to. */
export interface SampleRequest {
  what: string;
  body: string;
  headers?: Record<string, string>;
  /** Query of the address, with `?`. */
  search?: string;
  /** The events, in the order of the entries; parts of them. */
  events: readonly object[];
}

/**
 * A service as the conformance suite sees it. Bodies are written after the examples of the service's documentation
 * (`source`), with people and shops renamed; none was recorded from a live account.
 */
export interface WebhookSample {
  service: string;
  source: string;
  settings: WebhookSettings;
  /** In place of settings, where a part of the outside world must be stood in for. */
  webhook?: Webhook;
  contentType?: string;
  /** The headers by which a genuine request is known. */
  sign(body: string, url: string): Record<string, string>;
  /** The same by somebody who does not know the secret. */
  forge(body: string, url: string): Record<string, string>;
  /** The header that carries the proof, if it is a header. */
  proof?: string;
  requests: readonly SampleRequest[];
  /** Must stand in no log: secrets, addresses, numbers. */
  secrets: readonly string[];
}

export const basicHeader = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
});

export const hmacOf = (algorithm: string, secret: string, text: string, encoding: 'hex' | 'base64') =>
  createHmac(algorithm, secret).update(text).digest(encoding);
