import { readLanding, type Touch } from '../protocol/index.js';
import type { DeviceRecord } from './storage.js';

const MAX_TOUCHES = 30;

/**
 * The evidence of how the visitor came to this URL: campaign, click ids, a foreign referrer. Undefined when there is
 * none. Pure memory; may be called before consent.
 */
export function readTouch(url: string, from: string, at: number): Touch | undefined {
  const { campaign, clickIds, cleanUrl: landing } = readLanding(url);
  const referrer = from && site(from) !== site(url) ? from.replace(/[?#].*/s, '') : undefined;
  if (campaign || clickIds || referrer)
    return { at: new Date(at).toISOString(), campaign, clickIds, referrer, landing };
  return undefined;
}

/** Appends a touch to the record, unless this session has the same evidence already (a reload of the landing page). */
export function keepTouch(record: DeviceRecord, touch: Touch, session: string): void {
  const touches = (record.touches ??= []);
  if (touches.some((kept) => kept.session === session && evidence(kept.touch) === evidence(touch))) return;
  touches.push({ touch, session });
  // The first touch is never forgotten, the oldest of the others is.
  if (touches.length > MAX_TOUCHES) touches.splice(1, 1);
}

function evidence({ campaign, clickIds, referrer }: Touch): string {
  return JSON.stringify([campaign, clickIds, referrer]);
}

/** A guess of the registrable domain, as no cookie may be set to probe it yet; a host without dots or an IP is itself. */
function site(href: string): string | undefined {
  const host = /\/\/([^/?#:]*)/.exec(href)?.[1];
  return /[^.]+\.((com?|org|net|gov|ac|edu)\.)?[^.\d]+$/.exec(host ?? '')?.[0] ?? host;
}
