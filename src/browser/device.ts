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
  let opened = false;
  let refused = false;
  let cached: DeviceRecord | undefined;

  const record = () => {
    if (!cached) {
      cached = readRecord();
      if (!opened) adoptCookie(cached);
      queueMicrotask(save);
    } else if (refused) queueMicrotask(save);
    return cached;
  };

  /** Where storage refuses, the record stays in memory and is tried again at the end of every tick that changes it. */
  const save = () => {
    if (!cached) return;
    if (writeRecord(cached)) cached = undefined;
    else if (!refused) {
      refused = true;
      problem('storage-failed');
    }
  };

  const adoptCookie = (found: DeviceRecord) => {
    opened = true;
    found.id = readIdCookie() ?? found.id ?? newId();
    writeIdCookie(found.id, cookieDomain);
  };

  return {
    record,
    identify(draft, touches) {
      const now = record();
      if (draft.type === 'identify' && draft.userId) {
        if (now.user && now.user !== draft.userId) delete now.session;
        now.user = draft.userId;
      }
      if (draft.type === 'group' && draft.groupId) now.group = draft.groupId;
      const session = touchSession(now, draft.at, idleMs, newId);
      touches?.forEach((touch) => keepTouch(now, touch, session.id));
      if (!touches) delete now.touches;
      const last = n ? undefined : now.lane;
      now.lane = { lane, n: ++n };
      const latest = now.touches?.at(-1);
      return {
        anonymousId: (now.id ??= newId()),
        userId: now.user,
        groupId: now.group,
        session: { id: session.id, start: new Date(session.start).toISOString() },
        sequence: { lane, n, ...(last && { last }) },
        touch: latest?.session === session.id ? latest.touch : undefined,
        first: now.touches?.[0]?.touch,
      };
    },
    reset() {
      const now = record();
      const { lane: kept, consent } = now;
      cached = { id: newId(), ...(kept && { lane: kept }), ...(consent && { consent }) };
      writeIdCookie(cached.id ?? '', cookieDomain);
    },
    wipe() {
      cached = undefined;
      opened = false;
      wipeRecord(cookieDomain);
    },
  };
}
