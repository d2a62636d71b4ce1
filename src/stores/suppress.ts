import { createHmac } from 'node:crypto';

/** The HMAC-SHA-256 under which an erased identifier is remembered; without the pepper it cannot be turned back or guessed. */
export function hashIdentifier(pepper: string, identifier: string): string {
  return createHmac('sha256', pepper).update(identifier).digest('base64url');
}

/** What tells one pepper from another without giving either away: its HMAC of a constant. */
export function pepperCheck(pepper: string): string {
  return hashIdentifier(pepper, 'filrouge: whose pepper is this?');
}
