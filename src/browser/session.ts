import { SESSION_MAX_HOURS } from '../protocol/index.js';

/** A session as the device remembers it: epoch milliseconds of its first and its latest event. */
export interface Session {
  id: string;
  start: number;
  last: number;
}

/**
 * Keeps the running session or begins a new one. A session ends after more than `idleMs` without an event (exactly that
 * long still belongs) and after 24 hours. A clock set back ends nothing.
 */
export function nextSession(running: Session | undefined, at: number, idleMs: number, newId: () => string): Session {
  return running && at - running.last <= idleMs && at - running.start <= SESSION_MAX_HOURS * 3_600_000
    ? { ...running, last: Math.max(running.last, at) }
    : { id: newId(), start: at, last: at };
}
