import { type ParameterUse, readLanding, type Touch } from '../protocol/index.js';
import type { DeviceRecord } from './storage.js';

const MAX_TOUCHES = 30;

/**
 * The evidence of how the visitor came to this URL: campaign, click ids, a foreign referrer. Undefined when there is
 * none. Pure memory; may be called before consent. `others` knows further campaign parameters.
 */
export function readTouch(url: string, from: string, at: number, others?: ParameterUse): Touch | undefined {
  const { campaign, clickIds, cleanUrl: landing } = readLanding(url, others);
  const isForeign = from && site(from) !== site(url);
  const referrer = isForeign ? from.replace(/[?#].*/s, '') : undefined;
  if (campaign || clickIds || referrer)
    return { at: new Date(at).toISOString(), campaign, clickIds, referrer, landing };
  // The page before it on this site, whose campaign nobody was allowed to keep then.
  const before = !isForeign && from && readTouch(from, '', at, others);
  return before ? { ...before, late: true } : undefined;
}

/**
 * Appends a touch to the record, unless it is the evidence this session has already (a reload of the landing page), or
 * came late and is known at all.
 */
export function keepTouch(record: DeviceRecord, touch: Touch): void {
  const { touches: known = [], touch: running } = record;
  // After a campaign's landing page its URL is the referrer, and is so again when the visitor comes back that far.
  if ((touch.late ? known : [running]).some((one) => evidence(one) === evidence(touch))) return;
  const touches = [...known, touch];
  // The first touch is never forgotten, the oldest of the others is.
  if (touches.length > MAX_TOUCHES) touches.splice(1, 1);
  record.touches = touches;
  record.touch = touch;
}

function evidence({ campaign, clickIds, referrer }: Partial<Touch> = {}): string {
  return JSON.stringify(campaign || clickIds ? [campaign, clickIds] : referrer);
}

/** A guess of the registrable domain, as no cookie may be set to probe it yet; a host without dots or an IP is itself. */
function site(href: string): string | undefined {
  const host = /\/\/([^/?#:]*)/.exec(href)?.[1] ?? '';
  return /[^.]+\.((com?|org|net|gov|ac|edu)\.)?[^.\d]+$/.exec(host)?.[0] ?? host;
}
