/** A link that cannot be made as it was asked for; the message says which field is wrong and what it must be. */
export class BadLink extends Error {
  override name = 'BadLink';
}

/** `field` must be `wanted`. */
export function badLink(field: string, wanted: string): BadLink {
  return new BadLink(`${field} must be ${wanted}.`);
}
