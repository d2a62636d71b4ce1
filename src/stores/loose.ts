/** A JSON object of which nothing is known: inside `context` and `properties` every client writes what it likes. */
export type Loose = { [key: string]: unknown };

/** The value if it is an object, else null. */
export function objectOf(value: unknown): Loose | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : null;
}

/** The value as text if it is a non-empty string or a number, else null. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'number') return `${value}`;
  return typeof value === 'string' && value ? value : null;
}
