/** Whether a store can be asked: `restarting` after a crash, `stopped` once it crashed too often in a row. */
export type StoreState = 'ready' | 'restarting' | 'stopped';

/**
 * Why a store did not answer: `store-crashed` to what was under way when its process ended (it may or may not have been
 * done), `store-unavailable` to what is asked before it is back, `store-stopped` when it will not come back by itself.
 */
export type UnavailableCode = 'store-crashed' | 'store-unavailable' | 'store-stopped';

/** An error that says so. */
export function unavailable(code: UnavailableCode, message: string, cause?: unknown): Error {
  return Object.assign(new Error(message, { cause }), { code });
}

/** The code of such an error, also of one that became the cause of another; undefined for all others. */
export function unavailableCode(error: unknown): UnavailableCode | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? CODES.find((known) => known === error.code) : undefined;
  return code ?? unavailableCode(error.cause);
}

const CODES: readonly UnavailableCode[] = ['store-crashed', 'store-unavailable', 'store-stopped'];
