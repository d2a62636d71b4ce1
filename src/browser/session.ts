import { SESSION_MAX_HOURS } from '../protocol/index.js';

/** A session as the device remembers it: epoch milliseconds of its first and its latest event. */
export interface Session {
  /** The tail of the device's id and a number that grows: all tabs give the next session the same id without asking. */
  id: string;
  start: number;
  last: number;
}

/**
 * Keeps the running session or begins the one after it. A session ends after more than `idleMs` without an event (exactly
 * that long still belongs) and after 24 hours. A clock set back ends nothing.
 */
export function nextSession(running: Session | undefined, at: number, idleMs: number, deviceId: string): Session {
  if (running && at - running.last <= idleMs && at - running.start <= SESSION_MAX_HOURS * 3_600_000) {
    return { ...running, last: Math.max(running.last, at) };
  }
  // Without a session before it, the minute: more than 30 sessions ago even where the record of them is lost.
  const [device, count] = running?.id.split('.') ?? [deviceId.slice(14), Date.now() / 60_000];
  return { id: `${device}.${Math.floor(+(count ?? 0)) + 1}`, start: at, last: at };
}
