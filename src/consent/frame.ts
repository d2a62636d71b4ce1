import { attempt } from '../browser/attempt.js';
import type { FindElsewhere } from './iab.js';

/**
 * Finds the platform of a window above this frame by its locator frame, and speaks with it by messages.
 * Source: github.com/InteractiveAdvertisingBureau, "CMP API v2", "Using postMessage".
 */
export const frame: FindElsewhere = (name, answer, signal) => {
  for (let host: Window = window; host !== top; ) {
    host = host.parent;
    // A window of another origin may be asked for a frame by its name, but throws when it has none of that name.
    if (!attempt(() => Reflect.get(host, `${name}Locator`))) continue;
    const callId = Math.random();
    const onMessage = ({ source, data }: MessageEvent) => {
      const reply = Object(Object(data)[`${name}Return`]);
      if (source === host && reply.callId === callId) answer(reply.returnValue, reply.success);
    };
    addEventListener('message', onMessage, { signal });
    // The platform's origin is not known, and the question is no secret.
    return (command, parameter) =>
      host.postMessage({ [`${name}Call`]: { command, version: 2, parameter, callId } }, '*');
  }
  return undefined;
};
