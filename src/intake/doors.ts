import type { Door } from '../receiver/index.js';
import { linkApi } from './link-api.js';
import { noticesDoor } from './notices-door.js';
import { pixelDoor } from './pixel.js';
import { redirectDoor } from './redirect.js';
import { createWebhook } from './services.js';
import type { IntakeSettings } from './settings.js';
import { createSigner, linkSecret } from './token.js';
import { webhookDoor } from './webhook-door.js';
import type { Webhook } from './webhooks/contract.js';
import { createIdentities } from './who.js';

/** Options of `createDoors`. */
export interface DoorOptions extends IntakeSettings {
  /** The store's pepper: what addresses and numbers are hashed with. Links are signed with a secret made from it. */
  pepper: string;
}

/**
 * All doors of `createReceiver({ doors })`: signed links, e-mail pixels, webhooks. `more` are webhooks of your own. Throws when a
 * setting is wrong, with the name of the field.
 */
export function createDoors(
  { pepper, publicUrl, country, links = {}, webhooks = {} }: DoorOptions,
  more: { readonly [name: string]: Webhook } = {},
): Door[] {
  const identities = createIdentities({ pepper, country });
  const signer = createSigner(links.secrets ?? [linkSecret(pepper)]);
  const making = { identities, signer };
  const parts = { ...making, settings: { ...links, publicUrl } };
  const made = Object.entries(webhooks).map(([name, settings]) => [name, createWebhook(name, settings)] as const);
  return [
    redirectDoor(parts),
    pixelDoor(parts),
    linkApi(parts),
    noticesDoor(making),
    webhookDoor({ webhooks: new Map([...made, ...Object.entries(more)]), making, publicUrl }),
  ];
}
