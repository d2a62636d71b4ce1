import type { Door } from '../receiver/index.js';
import { linkApi } from './link-api.js';
import { pixelDoor } from './pixel.js';
import { redirectDoor } from './redirect.js';
import type { LinkSettings } from './settings.js';
import { createSigner } from './token.js';
import type { Identities } from './who.js';

/** `GET /r/{token}`, `GET /o/{token}.gif`, `POST /v1/links` and QR codes. The first secret signs, all of them verify. */
export function linkDoors(secrets: readonly string[], settings: LinkSettings, identities: Identities): Door[] {
  const signer = createSigner(secrets);
  return [
    redirectDoor(signer, settings, identities),
    pixelDoor(signer, settings, identities),
    linkApi(signer, settings, identities),
  ];
}
