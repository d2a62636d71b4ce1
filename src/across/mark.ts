import { type Consent, type ConsentState, PURPOSES } from '../protocol/index.js';

/** What travels from one of the owner's sites to the next. */
export interface Mark {
  anonymousId: string;
  consent: Consent;
  /** When the link was followed, epoch ms. */
  at: number;
}

const STATES: readonly ConsentState[] = ['pending', 'granted', 'denied'];

/**
 * Writes a mark as text for a URL: id, time, one digit a purpose, checksum. The checksum covers what both sites can see of
 * the browser, so that an address which is passed on to somebody else, or changed, is worth nothing there. It is a check and
 * no secret: whoever runs scripts on any page can make marks.
 */
export function writeMark({ anonymousId, consent, at }: Mark): string {
  const states = PURPOSES.map((purpose) => STATES.indexOf(consent[purpose])).join('');
  const body = `${anonymousId}.${Math.floor(at / 1000).toString(36)}.${states}`;
  return `${body}.${checksum(body)}`;
}

/** Reads a mark that is whole, from this browser, and at most so many seconds old; else undefined. */
export function readMark(text: string, now: number, seconds: number): Mark | undefined {
  const [, body = '', anonymousId = '', time = '', states = '', sum] =
    /^(([\w-]{1,64})\.([0-9a-z]{1,9})\.([012]{4}))\.([0-9a-z]{1,8})$/.exec(text) ?? [];
  if (!body || sum !== checksum(body)) return undefined;
  const at = Number.parseInt(time, 36) * 1000;
  // A second or two of lead: both sites run on the same clock, but it may just have been set.
  if (at > now + 2000 || now - at > seconds * 1000) return undefined;
  const consent = Object.fromEntries(PURPOSES.map((purpose, i) => [purpose, STATES[Number(states[i])] ?? 'pending']));
  return { anonymousId, consent: consent as Consent, at };
}

/** FNV-1a over the text and what the browser says of itself everywhere. */
function checksum(text: string): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  let hash = 0x811c9dc5;
  for (const unit of [text, navigator.userAgent, navigator.language, timeZone].join('|')) {
    hash = Math.imul(hash ^ (unit.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
