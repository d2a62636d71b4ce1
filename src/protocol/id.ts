/**
 * A UUID version 7 (RFC 9562, section 5.7): 48 bits of Unix milliseconds, then random bits, so that ids sort by time.
 * `words` are three random ones.
 */
export function uuidv7(nowMs: number, words: Uint32Array): string {
  // A one in front keeps the zeros of each.
  const digits = [...words].map((word) => (word + 2 ** 32).toString(16).slice(1)).join('');
  const time = (nowMs + 2 ** 48).toString(16).slice(1);
  // Version 7, and the variant bits 10 (the nibble is one of 8 to b; two random bits are spent on always taking a).
  return `${time.slice(0, 8)}-${time.slice(8)}-7${digits.slice(0, 3)}-a${digits.slice(3, 6)}-${digits.slice(12)}`;
}
