/**
 * A UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits, so that ids sort by time.
 * `random` fills the given bytes; pass `crypto.getRandomValues`.
 */
export function uuidv7(nowMs: number, random: (bytes: Uint8Array<ArrayBuffer>) => unknown): string {
  const bytes = new Uint8Array(10);
  random(bytes);
  let hex = Math.floor(nowMs).toString(16).padStart(12, '0');
  bytes.forEach((byte, i) => {
    // Version 7 in the first random byte, variant 10 in the third.
    const value = i === 0 ? (byte & 15) | 112 : i === 2 ? (byte & 63) | 128 : byte;
    hex += value.toString(16).padStart(2, '0');
  });
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
