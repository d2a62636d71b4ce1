/**
 * A UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits, so that ids sort by time.
 * `random` fills the given bytes; pass `crypto.getRandomValues`.
 */
export function uuidv7(nowMs: number, random: (bytes: Uint8Array<ArrayBuffer>) => unknown): string {
  const bytes = new Uint8Array(18);
  random(bytes);
  let used = 0;
  const time = nowMs.toString(16).padStart(12, '0');
  // Version 7, and the variant bits 10 (the nibble is one of 8 to b; two random bits are spent on always taking a).
  return `${time.slice(0, 8)}-${time.slice(8)}-7xxx-axxx-xxxxxxxxxxxx`.replace(/x/g, () =>
    ((bytes[used++] ?? 0) % 16).toString(16),
  );
}
