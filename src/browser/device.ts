import type { FilrougeContext, Touch } from '../protocol/index.js';
import { attempt } from './attempt.js';
import type { PinnedDraft, ReportProblem } from './contracts.js';
import { nextSession, type Session } from './session.js';
import { type DeviceRecord, readIdCookie, readRecord, removeRecord, writeIdCookie, writeRecord } from './storage.js';
import { keepTouch } from './touch.js';

/** Whose event it is; made after the gate let it pass. */
export interface Identity {
  anonymousId?: string | undefined;
  userId?: string | undefined;
  groupId?: string | undefined;
  /** Session, sequence and touches, as they go into `context.filrouge`. */
  filrouge?: {
    [part in keyof FilrougeContext]?: FilrougeContext[part] | undefined;
  };
}

/** Who the visitor is, as this device knows it. Touched only after the gate let an event pass. */
export interface Device {
  /** Advances session and sequence for one event. Without `touches` it says nothing of how the visitor came. */
  identify(draft: PinnedDraft, touches: readonly Touch[] | undefined): Identity;
  /** Logout: a new anonymousId and session; user and group forgotten. */
  reset(): void;
  /** The record of this tick; changes are written at its end. */
  record(): DeviceRecord;
  /** Removes everything; returns the id that the device had. What is on the device `stays` when it is no longer ours. */
  wipe(stays?: boolean): string | undefined;
}

/** Opens the device's record; nothing is read or written before the first call. */
export function openDevice(
  idleMs: number,
  cookieDomain: string | undefined,
  newId: () => string,
  problem: ReportProblem,
  firstId?: () => string | undefined,
): Device {
  const lane = newId().slice(-12);
  let n = 0;
  let id: string | undefined;
  let cached: DeviceRecord | undefined;

  const record = () => {
    if (!cached) {
      cached = readRecord();
      queueMicrotask(save);
    }
    if (!id) {
      // The cookie is what all subdomains share; it is read once per page, because reading it is slow.
      const known = readIdCookie();
      id = known ?? cached.anonymousId ?? firstId?.() ?? newId();
      if (!known) writeIdCookie(id, cookieDomain);
      // What is known of the one before does not apply: a page of another subdomain logged out, or withdrew and agreed anew.
      if (cached.anonymousId !== id) cached = begin(cached);
    }
    // Another tab may have wiped the record.
    cached.anonymousId ??= id;
    return cached;
  };

  /** Where storage refuses, the record stays in memory for the life of the page. */
  const save = () =>
    attempt(() => {
      if (cached) writeRecord(cached);
      cached = undefined;
    }, problem);

  return {
    record,
    identify(draft, touches) {
      const now = record();
      const session = advance(now, draft, idleMs);
      touches?.forEach((touch) => keepTouch(now, touch));
      const last = n ? undefined : now.lane;
      now.lane = { lane, n: ++n };
      const { anonymousId, userId, groupId, touch, touches: known } = now;
      return {
        anonymousId,
        userId: draft.userId ?? userId,
        groupId,
        filrouge: {
          session: { id: session.id, start: new Date(session.start).toISOString() },
          sequence: { lane, n, last },
          ...(touches && { touch, first: draft.type === 'page' ? known?.[0] : undefined }),
        },
      };
    },
    reset() {
      cached = begin(record());
      cached.anonymousId = id = newId();
      writeIdCookie(id, cookieDomain);
    },
    wipe(stays) {
      const known = id ?? readIdCookie();
      id = cached = undefined;
      if (!stays) {
        removeRecord();
        if (known) writeIdCookie(undefined, cookieDomain);
      }
      return known;
    },
  };
}

/** Another id knows nothing of the one before it. */
const begin = ({ lane, consent }: DeviceRecord): DeviceRecord => ({ lane, consent });

/** User, group and session as of this event. Another user is another session; the first login keeps it. */
function advance(now: DeviceRecord, draft: PinnedDraft, idleMs: number): Session {
  const { type, userId, groupId, at } = draft;
  if (type === 'identify' && userId) {
    if (now.userId && now.userId !== userId && now.session) now.session.last = 0;
    now.userId = userId;
  }
  now.groupId = groupId ?? now.groupId;
  const session = nextSession(now.session, at, idleMs, now.anonymousId ?? '');
  if (session.id !== now.session?.id) now.touch = undefined;
  now.session = session;
  return session;
}
