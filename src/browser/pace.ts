/** When an outbox may send, and when it tries again. */
export interface Pace {
  /** Calls back after so many milliseconds, unless that is due already. */
  soon(ms: number): void;
  /** True while the collector asked to be left alone. */
  isBlocked(): boolean;
  /** True since an attempt failed, until one succeeds: another one is due by itself. */
  isFailing(): boolean;
  /** An attempt begins: what was due is done with it. */
  begin(): void;
  succeed(): void;
  /** An attempt failed: calls back after what the collector asked for (the value of Retry-After) and a doubled delay. */
  fail(retryAfter: string): void;
  stop(): void;
}

const RETRY_FIRST_MS = 1000;
const RETRY_MAX_MS = 60_000;
const RETRY_AFTER_MAX_MS = 3_600_000;

/** Creates the clock of one outbox; no timer runs while nothing is due. */
export function createPace(run: () => unknown): Pace {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hasFailed = false;
  let failures = 0;
  /** By the clock that timers go by: nobody sets it back. */
  let notBefore = 0;
  const soon = (ms: number) => {
    timer ??= setTimeout(run, ms);
  };
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    soon,
    stop,
    isFailing: () => failures > 0,
    // Not in the millisecond itself: leaving aborts what is under way, and has to send it again in that same instant.
    isBlocked: () => performance.now() < notBefore,
    begin() {
      stop();
      hasFailed = false;
    },
    succeed() {
      failures = 0;
    },
    fail(after) {
      // Several requests of one leave fail together: one outage, one step of the back-off.
      if (hasFailed) return;
      hasFailed = true;
      // Seconds or an HTTP date (RFC 9110, 10.2.3).
      const asked = Math.max(0, (+after ? +after * 1000 : Date.parse(after) - Date.now()) || 0);
      const doubled = Math.min(RETRY_FIRST_MS * 2 ** failures++, RETRY_MAX_MS);
      const wait = Math.min(asked, RETRY_AFTER_MAX_MS);
      notBefore = performance.now() + wait;
      stop();
      soon(wait + doubled * (0.5 + Math.random() / 2));
    },
  };
}
