import type { Campaign, JsonObject } from '../../protocol/index.js';
import { readLanding } from '../../protocol/index.js';
import { readInstant } from '../../receiver/check/instant.js';

/** A JSON object of which nothing is known. */
export type Loose = { readonly [key: string]: unknown };

/** The value if it is an object, else an empty one. */
export function objectOf(value: unknown): Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The value if it is a list, else an empty one. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text of a non-empty string or a number. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() ? value.trim() : undefined;
}

/** A number, also one written as text with a decimal point. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The entries of a body that is one JSON object or a list of them. */
export function entriesOf(body: string): readonly unknown[] {
  const value: unknown = JSON.parse(body);
  return Array.isArray(value) ? value : [value];
}

/**
 * A time as services write it: seconds or milliseconds since 1970, ISO 8601 (UTC where it names no zone, never the server's own
 * time), or another text with a zone. Undefined when it is none.
 */
export function instantOf(value: unknown): string | undefined {
  const number = numberOf(value);
  // Seconds reach 10^11 in the year 5138.
  const ms = number === undefined ? parse(textOf(value) ?? '') : number < 1e11 ? number * 1000 : number;
  return Number.isNaN(ms) || Math.abs(ms) > 8.64e15 ? undefined : new Date(ms).toISOString();
}

function parse(text: string): number {
  return Date.parse(readInstant(text) ?? text);
}

/** The object without what is undefined. */
export function filled(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

/**
 * A link in a message: the page without its query, which often names the recipient, and the campaign that the query says.
 */
export function linkOf(value: unknown): { url: string | undefined; campaign: Campaign | undefined } {
  const text = textOf(value);
  if (text === undefined || !URL.canParse(text)) return { url: undefined, campaign: undefined };
  const { origin, pathname, protocol } = new URL(text);
  const isWeb = protocol === 'http:' || protocol === 'https:';
  return { url: isWeb ? origin + pathname : protocol, campaign: readLanding(text).campaign };
}
