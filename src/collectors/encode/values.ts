import type { Campaign, Json, JsonObject } from '../../protocol/index.js';

/** The object, or an empty one. */
export function objectOf(value: Json | undefined): JsonObject {
  return value && typeof value === 'object' && !Array.isArray(value) ? value : {};
}

/** The text of a scalar; undefined for anything else and for empty text. */
export function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'object' || value === '' || value === undefined ? undefined : `${value}`;
}

/** A number, also one written as text; undefined for anything else. */
export function numberOf(value: Json | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** What an order is worth: total, else revenue, else value, as the reports count it. */
export function amountOf({ total, revenue, value }: JsonObject): number | undefined {
  return numberOf(total) ?? numberOf(revenue) ?? numberOf(value);
}

/** The products of an order or a list. */
export function productsOf({ products }: JsonObject): JsonObject[] {
  return Array.isArray(products) ? products.map(objectOf) : [];
}

/** Scalars as a query; what is empty or undefined is left out. */
export function queryOf(fields: JsonObject): string {
  const texts = Object.entries(fields).flatMap(([name, value]) => {
    const text = textOf(value);
    return text === undefined ? [] : [[name, text]];
  });
  return `${new URLSearchParams(texts)}`;
}

/** A campaign as `utm_*` parameters. */
export function utmOf(campaign: Campaign = {}): JsonObject {
  return Object.fromEntries(
    Object.entries(campaign).map(([name, value]) => [`utm_${name === 'name' ? 'campaign' : name}`, value]),
  );
}
