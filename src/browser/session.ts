import { SESSION_MAX_HOURS } from '../protocol/index.js';
import type { DeviceRecord } from './storage.js';

/**
 * Keeps the running session or begins a new one, on the record that all tabs share. A session ends after more than
 * `idleMs` without an event (exactly that long still belongs) and after 24 hours. A clock set back ends nothing.
 */
export function touchSession(
  record: DeviceRecord,
  at: number,
  idleMs: number,
  newId: () => string,
): NonNullable<DeviceRecord['session']> {
  const running = record.session;
  if (running && at - running.last <= idleMs && at - running.start <= SESSION_MAX_HOURS * 3_600_000) {
    running.last = Math.max(running.last, at);
    return running;
  }
  return (record.session = { id: newId(), start: at, last: at });
}
