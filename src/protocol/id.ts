/**
 * A UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits, so that ids sort by time.
 * `random` fills the given bytes; pass `crypto.getRandomValues`.
 */
export function uuidv7(nowMs: number, random: (bytes: Uint8Array<ArrayBuffer>) => unknown): string {
  const bytes = new Uint8Array(10);
  random(bytes);
  const hex =
    nowMs.toString(16).padStart(12, '0') + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  // Version 7, and the variant bits 10 (the nibble is one of 8 to b; two random bits are spent on always taking a).
  return hex.replace(/(.{8})(.{4}).(.{3}).(.{3})(.{12})/, '$1-$2-7$3-a$4-$5');
}
