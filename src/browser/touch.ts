import { readLanding, type Touch } from '../protocol/index.js';
import type { DeviceRecord } from './storage.js';

const MAX_TOUCHES = 30;

/**
 * The evidence of how the visitor came to this URL: campaign, click ids, a foreign referrer. Undefined when there is
 * none. Pure memory; may be called before consent.
 */
export function readTouch(url: string, referrer: string, at: number): Touch | undefined {
  const { campaign, clickIds, cleanUrl } = readLanding(url);
  const from = isForeign(referrer, url) ? referrer.replace(/[?#].*/s, '') : '';
  if (!campaign && !clickIds && !from) return undefined;
  return {
    at: new Date(at).toISOString(),
    ...(campaign && { campaign }),
    ...(clickIds && { clickIds }),
    ...(from && { referrer: from }),
    landing: cleanUrl,
  };
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

/** Whether a referrer is another site. Guesses the registrable domain, as no cookie may be set to probe it yet. */
function isForeign(referrer: string, url: string): boolean {
  return !!referrer && site(referrer) !== site(url);
}

function site(href: string): string | undefined {
  const host = /^[\w-]+:\/\/([^/?#:]*)/.exec(href)?.[1];
  return /[^.]+\.((co|com|org|net|gov|ac|edu)\.)?[^.\d]+$/.exec(host ?? '')?.[0] ?? host;
}
