import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a token is good for: a token of one kind is none of another. */
export type TokenKind = 'link' | 'open';

/** Signs small values so that they can stand in a URL, and reads them back. */
export interface Signer {
  /** `payload.signature`, both base64url. */
  sign(kind: TokenKind, payload: unknown): string;
  /** The payload, or undefined when this signer did not make the token. */
  read(kind: TokenKind, token: string): unknown;
}

/** 128 bits: nobody guesses them, and a QR code stays small. */
const SIGNATURE_BYTES = 16;
const LONGEST = 4096;

/**
 * A signer by HMAC-SHA-256. The first secret signs, all of them verify, so that a secret can be changed while printed codes
 * go on working. Throws for a secret under 16 characters.
 */
export function createSigner(secrets: readonly string[]): Signer {
  const [current] = secrets;
  if (current === undefined || secrets.some((secret) => secret.length < 16)) {
    throw new Error('Links need a secret of at least 16 characters.');
  }
  return {
    sign(kind, payload) {
      const body = Buffer.from(JSON.stringify(payload)).toString('base64url');
      return `${body}.${signatureOf(current, kind, body).toString('base64url')}`;
    },
    read(kind, token) {
      const [, body = '', signature = ''] = /^([\w-]+)\.([\w-]{22})$/.exec(token.slice(0, LONGEST + 1)) ?? [];
      const given = Buffer.from(signature, 'base64url');
      if (token.length > LONGEST || given.length !== SIGNATURE_BYTES) return undefined;
      // The last of the 22 characters carries spare bits: only one spelling of a signature counts.
      if (given.toString('base64url') !== signature) return undefined;
      const isOurs = secrets.some((secret) => timingSafeEqual(signatureOf(secret, kind, body), given));
      return isOurs ? JSON.parse(Buffer.from(body, 'base64url').toString()) : undefined;
    },
  };
}

/** A secret for links from a secret that has other uses, so that the one does not tell about the other. */
export function linkSecret(pepper: string): string {
  return createHmac('sha256', pepper).update('filrouge links').digest('base64url');
}

function signatureOf(secret: string, kind: TokenKind, body: string): Buffer {
  return createHmac('sha256', secret).update(`${kind}.${body}`).digest().subarray(0, SIGNATURE_BYTES);
}
