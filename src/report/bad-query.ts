/** A report was asked for with a value that has no meaning; the message names the parameter and what it may be. */
export class BadQuery extends Error {
  readonly code = 'bad-query';
}

/** Makes the error, e.g. `"by" is "week"; it may be day, channel.` */
export function badQuery(parameter: string, value: unknown, allowed: string | readonly string[]): BadQuery {
  const may = typeof allowed === 'string' ? allowed : `one of ${allowed.join(', ')}`;
  return new BadQuery(`The parameter "${parameter}" is ${shown(value)}; it must be ${may}.`);
}

/** A value as a sentence shows it. JSON knows no bigints, no cycles, and says null for NaN. */
export function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'bigint') return `${value}n`;
  try {
    return JSON.stringify(value, (_, one: unknown) => (Number.isNaN(one) ? 'NaN' : one)) ?? String(value);
  } catch {
    return String(value);
  }
}
