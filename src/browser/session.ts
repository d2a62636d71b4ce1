import { SESSION_MAX_HOURS } from '../protocol/index.js';

/** A session as the device remembers it: epoch milliseconds of its first and its latest event. */
export interface Session {
  /** A random part and a number, so that all tabs give the session after this one the same id without asking each other. */
  id: string;
  start: number;
  last: number;
}

/**
 * Keeps the running session or begins the one after it. A session ends after more than `idleMs` without an event (exactly
 * that long still belongs) and after 24 hours. A clock set back ends nothing.
 */
export function nextSession(running: Session | undefined, at: number, idleMs: number, newId: () => string): Session {
  if (running && at - running.last <= idleMs && at - running.start <= SESSION_MAX_HOURS * 3_600_000) {
    return { ...running, last: Math.max(running.last, at) };
  }
  const [device = newId(), count = 0] = running?.id.split('.') ?? [];
  return { id: `${device}.${+count + 1}`, start: at, last: at };
}
