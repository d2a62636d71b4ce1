import type { Touch } from '../protocol/index.js';
import type { PinnedDraft, ReportProblem } from './contracts.js';
import type { Identity } from './enrich.js';
import { touchSession } from './session.js';
import { type DeviceRecord, readIdCookie, readRecord, wipeRecord, writeIdCookie, writeRecord } from './storage.js';
import { keepTouch } from './touch.js';

/** Who the visitor is, as this device knows it. Touched only after the gate let an event pass. */
export interface Device {
  /** Advances session and sequence for one event and says whose it is. */
  identify(draft: PinnedDraft, touches: readonly Touch[] | undefined): Identity;
  /** Logout: a new anonymousId and session; user and group forgotten. */
  reset(): void;
  /** The record of this tick; changes are written at its end. */
  record(): DeviceRecord;
  wipe(): void;
}

/** Opens the device's record; nothing is read or written before the first call. */
export function openDevice(
  idleMs: number,
  cookieDomain: string | undefined,
  newId: () => string,
  problem: ReportProblem,
): Device {
  const lane = newId().slice(-12);
  let n = 0;
  let id: string | undefined;
  let cached: DeviceRecord | undefined;

  const setId = (now: DeviceRecord, value: string) => {
    id = now.id = value;
    writeIdCookie(value, cookieDomain);
  };

  const record = () => {
    if (!cached) {
      cached = readRecord();
      queueMicrotask(save);
      // The cookie is what all subdomains share; it is read once per page, because reading it is slow.
      if (!id) setId(cached, readIdCookie() ?? cached.id ?? newId());
    }
    return cached;
  };

  /** Where storage refuses, the record stays in memory for the life of the page. */
  const save = () => {
    if (cached && writeRecord(cached)) cached = undefined;
    else if (cached) problem('storage-failed');
  };

  return {
    record,
    identify({ type, userId, groupId, at }, touches) {
      const now = record();
      if (type === 'identify' && userId) {
        if (now.user && now.user !== userId) now.session = undefined;
        now.user = userId;
      }
      if (groupId) now.group = groupId;
      const session = touchSession(now, at, idleMs, newId);
      touches?.forEach((touch) => keepTouch(now, touch, session.id));
      if (!touches) now.touches = undefined;
      const last = n ? undefined : now.lane;
      now.lane = { lane, n: ++n };
      const latest = now.touches?.at(-1);
      return {
        anonymousId: (now.id ??= id ?? newId()),
        userId: now.user,
        groupId: now.group,
        session: { id: session.id, start: new Date(session.start).toISOString() },
        sequence: { lane, n, last },
        touch: latest?.session === session.id ? latest.touch : undefined,
        first: now.touches?.[0]?.touch,
      };
    },
    reset() {
      const now = record();
      cached = { lane: now.lane, consent: now.consent };
      setId(cached, newId());
    },
    wipe() {
      id = cached = undefined;
      wipeRecord(cookieDomain);
    },
  };
}
