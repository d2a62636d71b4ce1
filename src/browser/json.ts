/**
 * As `JSON.stringify`, but what Prototype 1.6 does to a page does not matter: it gives arrays a `toJSON` that makes texts of
 * them. Throws what `JSON.stringify` throws.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value, asGiven);
}

function asGiven(this: { [key: string]: unknown }, key: string, converted: unknown): unknown {
  return Array.isArray(this[key]) ? this[key] : converted;
}
