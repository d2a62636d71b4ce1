import type { Door } from '../receiver/index.js';
import { linkDoors } from './link-doors.js';
import type { IntakeSettings } from './settings.js';
import { linkSecret } from './token.js';
import { createIdentities } from './who.js';

/** Options of `createDoors`. */
export interface DoorOptions extends IntakeSettings {
  /** The store's pepper: what addresses and numbers are hashed with. Links are signed with a secret made from it. */
  pepper: string;
}

/** All doors of `createReceiver({ doors })`: signed links, e-mail pixels, webhooks. */
export function createDoors({ pepper, publicUrl, country, links = {} }: DoorOptions): Door[] {
  const identities = createIdentities({ pepper, country });
  return linkDoors(links.secrets ?? [linkSecret(pepper)], { ...links, publicUrl }, identities);
}
