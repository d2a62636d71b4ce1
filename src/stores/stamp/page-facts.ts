import type { WireEvent } from '../../protocol/index.js';
import { type Loose, objectOf, textOf } from '../loose.js';

const FIELDS = ['url', 'path', 'search', 'title', 'referrer'] as const;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * What an event says of the page it happened on: `context.page`, as browsers send it. A page call of a server has it in its
 * properties only, where Segment's spec puts it (wire-formats.md): `context.page` is what a browser's library fills in.
 * A referrer without the full address of the page is left out there: it would be the site's own page most of the time.
 */
export function pageFacts({ type, properties }: WireEvent, context: Loose | null): Loose | null {
  const page = objectOf(context?.page);
  if (type !== 'page' || textOf(page?.url) !== null) return page;
  const told = objectOf(properties);
  if (!told) return page;
  const facts: Loose = {};
  for (const field of FIELDS) {
    const value = textOf(page?.[field]) ?? (typeof told[field] === 'string' ? told[field] : undefined);
    if (value) facts[field] = value;
  }
  if (page?.referrer === undefined && !ABSOLUTE.test(textOf(facts.url) ?? '')) delete facts.referrer;
  return facts;
}
