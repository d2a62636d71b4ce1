import type { Door } from '../receiver/index.js';
import { linkApi } from './link-api.js';
import { pixelDoor } from './pixel.js';
import { redirectDoor } from './redirect.js';
import type { LinkSettings } from './settings.js';
import type { Signer } from './token.js';
import type { Identities } from './who.js';

/** `GET /r/{token}`, `GET /o/{token}.gif`, `POST /v1/links` and QR codes. */
export function linkDoors(signer: Signer, settings: LinkSettings, identities: Identities): Door[] {
  return [
    redirectDoor(signer, settings, identities),
    pixelDoor(signer, settings, identities),
    linkApi(signer, settings, identities),
  ];
}
