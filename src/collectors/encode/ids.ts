const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * The id itself where it is a UUID, else one made from it (RFC 9562, version 8): the same id gives the same UUID, so that
 * a collector that takes nothing but UUIDs still recognises a repeat. Not meant to keep an id secret.
 */
export function asUuid(id: string): string {
  if (UUID.test(id)) return id;
  return digest(id).replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, '$1-$2-8$3-a$4-$5');
}

/** 32 hex digits that depend on every character; a mixing function in the manner of MurmurHash3, no cryptography. */
export function digest(text: string): string {
  let hex = '';
  for (let seed = 1; seed < 5; seed++) {
    let mixed = Math.imul(seed, 0x9e3779b1);
    for (let i = 0; i < text.length; i++) {
      mixed = Math.imul(mixed ^ text.charCodeAt(i), 0x85ebca6b);
      mixed ^= mixed >>> 13;
    }
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0xc2b2ae35);
    hex += ((mixed ^ (mixed >>> 15)) >>> 0).toString(16).padStart(8, '0');
  }
  return hex;
}
