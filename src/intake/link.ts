import { createHash } from 'node:crypto';
import type { Campaign, JsonObject } from '../protocol/index.js';
import { readInstant } from '../receiver/check/instant.js';
import { badLink } from './bad-link.js';
import { checkCampaign, checkTarget, joinCampaign, splitCampaign } from './target.js';
import type { Signer } from './token.js';
import { checkWho, type Identities, type Recipient, type Who } from './who.js';

/** What a link is asked to be. Comes as JSON from outside, hence checked by `makeLink`. */
export interface LinkRequest {
  /** `link` (default) leads somewhere; `open` is the picture that tells of an opened e-mail. */
  type?: 'link' | 'open';
  /** Where it leads; http or https. Not for an `open`. */
  url?: string;
  /** `source`, `medium`, `name`, `term`, `content`, `id`; what the address names itself is the default. */
  campaign?: Campaign;
  /** Names the link, or the e-mail, in reports; by default made from address and campaign. */
  id?: string;
  /** ISO 8601; absent = it never ends. */
  expires?: string;
  /** Whom it was sent to. Addresses and numbers are hashed before they are signed. */
  recipient?: Who;
}

/** A link as its token says it. */
export interface Link {
  id: string;
  /** '' for an `open`. */
  url: string;
  campaign: Campaign;
  /** Milliseconds since 1970; undefined = never. */
  expiresAt: number | undefined;
  recipient: Recipient | undefined;
}

const KEYS = new Set(['type', 'url', 'campaign', 'id', 'expires', 'recipient']);

/** Checks what is asked for and signs it. Throws `BadLink`. */
export function makeLink(signer: Signer, identities: Identities, asked: JsonObject): { token: string; link: Link } {
  for (const key of Object.keys(asked))
    if (!KEYS.has(key)) throw badLink(key, `left out: there are ${[...KEYS].join(', ')}`);
  const kind = asked.type ?? 'link';
  if (kind !== 'link' && kind !== 'open') throw badLink('type', '"link" or "open"');
  const own = kind === 'link' ? splitCampaign(checkTarget(asked.url)) : { url: '', campaign: {} };
  if (kind === 'open' && asked.url !== undefined) throw badLink('url', 'left out: an opened e-mail leads nowhere');
  const campaign = { ...checkCampaign(own.campaign), ...checkCampaign(asked.campaign) };
  const link: Link = {
    id: checkId(asked.id) ?? nameOf(own.url, campaign),
    url: own.url,
    campaign,
    expiresAt: checkExpiry(asked.expires),
    recipient: asked.recipient === undefined ? undefined : identities.recipientOf(checkWho(asked.recipient)),
  };
  return { token: signer.sign(kind, encode(link)), link };
}

/** The link of a token, expired or not; undefined when it was not made here. */
export function readLink(signer: Signer, kind: 'link' | 'open', token: string): Link | undefined {
  const payload = signer.read(kind, token);
  return payload === undefined ? undefined : decode(payload as Payload);
}

/** Whether its time is over. */
export function isExpired({ expiresAt }: Link, nowMs: number): boolean {
  return expiresAt !== undefined && expiresAt <= nowMs;
}

/** Where the visitor goes: the target with its campaign, so that the site sees it too. */
export function destinationOf({ url, campaign }: Link): string {
  return joinCampaign(url, campaign);
}

/** An array, because every character of it is a dot in a QR code: url, id, campaign, expiry in seconds, recipient. */
type Payload = [string, string, Campaign, number, Recipient | 0];

function encode({ url, id, campaign, expiresAt, recipient }: Link): Payload {
  return [url, id, campaign, expiresAt === undefined ? 0 : Math.ceil(expiresAt / 1000), recipient ?? 0];
}

function decode([url, id, campaign, expires, recipient]: Payload): Link {
  return { url, id, campaign, expiresAt: expires ? expires * 1000 : undefined, recipient: recipient || undefined };
}

function checkId(id: unknown): string | undefined {
  if (id === undefined) return undefined;
  if (typeof id !== 'string' || !/^[\w.:-]{1,64}$/.test(id))
    throw badLink('id', 'letters, digits and . : _ - (at most 64)');
  return id;
}

function checkExpiry(expires: unknown): number | undefined {
  if (expires === undefined) return undefined;
  const at = typeof expires === 'string' ? readInstant(expires) : undefined;
  if (at === undefined) throw badLink('expires', 'an ISO 8601 date');
  return Date.parse(at);
}

function nameOf(url: string, campaign: Campaign): string {
  return createHash('sha256').update(joinCampaign(url, campaign)).digest('base64url').slice(0, 8);
}
