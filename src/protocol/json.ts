/** Any value that JSON can say. Properties, traits and context are made of these. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

/** A JSON object: properties, traits, context. */
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** True for a JSON object that is not an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
