import { attempt } from '../browser/attempt.js';
import { arrival } from './lookout.js';

/** Asks the platform, about the listener with this id if there is one. */
type Ask = (command: string, listenerId?: unknown) => void;
type Answer = (data: unknown, isOk: unknown) => void;

/** Where else a platform may be; found, it answers until the signal aborts. */
export type FindElsewhere = (name: string, answer: Answer, signal: AbortSignal) => Ask | undefined;

/**
 * Listens to a consent interface of the IAB in this window, `__tcfapi` (whose calls carry a version) or `__gpp`. It may come
 * late; a stub's queue will do. Hands on what comes with success; the function returned takes the listener away.
 * Source: github.com/InteractiveAdvertisingBureau, "CMP API v2" and "CMP API Specification" 1.1.
 */
export function iab(
  name: string,
  version: readonly unknown[],
  onData: (data: unknown) => void,
  findElsewhere?: FindElsewhere,
): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  let ask: Ask | undefined;
  let listener: unknown;
  const answer: Answer = (data, isOk) => {
    if (!isOk || signal.aborted) return;
    listener = Object(data).listenerId;
    attempt(() => onData(data));
  };
  // Looked up at each call: a stub is replaced by the platform.
  const find = () => Reflect.get(window, name);
  arrival(() => {
    ask = find()
      ? (command, listenerId) => find()(command, ...version, answer, listenerId)
      : findElsewhere?.(name, answer, signal);
    ask?.('addEventListener');
    return ask;
  }, signal);
  return () => {
    controller.abort();
    if (listener !== undefined) attempt(() => ask?.('removeEventListener', listener));
  };
}
