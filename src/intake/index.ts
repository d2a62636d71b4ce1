export { BadLink } from './bad-link.js';
export { createDoors, type DoorOptions } from './doors.js';
export { type Link, type LinkRequest, makeLink, readLink } from './link.js';
export { type QrFormat, qrCode } from './qr.js';
export type { IntakeSettings, LinkSettings } from './settings.js';
export { createSigner, linkSecret, type Signer } from './token.js';
export { createIdentities, type Identities, type Who } from './who.js';
