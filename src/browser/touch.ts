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
  return campaign || clickIds || referrer
    ? { at: new Date(at).toISOString(), campaign, clickIds, referrer, landing }
    : undefined;
}

/** Appends a touch to the record, unless it is the evidence this session has already (a reload of the landing page). */
export function keepTouch(record: DeviceRecord, touch: Touch): void {
  if (evidence(record.touch) === evidence(touch)) return;
  const touches = [...(record.touches ?? []), touch];
  // The first touch is never forgotten, the oldest of the others is.
  if (touches.length > MAX_TOUCHES) touches.splice(1, 1);
  record.touches = touches;
  record.touch = touch;
}

function evidence(touch: Touch | undefined): string {
  return JSON.stringify({ ...touch, at: 0, landing: 0 });
}

/** A guess of the registrable domain, as no cookie may be set to probe it yet; a host without dots or an IP is itself. */
function site(href: string): string | undefined {
  const host = /\/\/([^/?#:]*)/.exec(href)?.[1] ?? '';
  return /[^.]+\.((com?|org|net|gov|ac|edu)\.)?[^.\d]+$/.exec(host)?.[0] ?? host;
}
