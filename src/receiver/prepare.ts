import type { Store } from '../stores/contract.js';
import type { Applier } from './apply/apply.js';
import { errorFacts, type Logger } from './logger.js';
import type { CookieRenewal } from './renew-cookie.js';

/** What a receiver has to know before it may answer. */
interface Preparing {
  applier: Applier;
  store: Store;
  /** Those who turn events away. */
  doors: readonly { refresh(): Promise<void> }[];
  renewal: CookieRenewal | undefined;
  logger: Logger;
}

/**
 * Before the first event comes in: where the store stands, and who was erased or asked for something. Resolves when events
 * may come; who withdrew is read later, out of the whole ledger, because until then only cookies are not renewed.
 */
export async function prepare({ applier, store, doors, renewal, logger }: Preparing): Promise<void> {
  await applier.started;
  for (const door of doors) {
    await door.refresh().catch((error: unknown) => logger.error('suppressions-failed', errorFacts(error)));
  }
  // What the log still holds may contain erasures, restrictions and withdrawals that the store learns only now.
  void applier.settled().then(async (hasAll) => {
    await Promise.all(doors.map((door) => door.refresh().catch(() => undefined)));
    if (hasAll) {
      await renewal
        ?.recover(store)
        .catch((error: unknown) => logger.error('cookie-renewal-off-until-restart', errorFacts(error)));
    }
  });
}
