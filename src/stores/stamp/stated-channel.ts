import { type Loose, objectOf, textOf } from '../loose.js';

/**
 * Words that SDKs put into `context.channel` to say what they run on (wire-formats.md 5.1, 5.2), not where somebody was.
 * `mobile` and `app` are no such words: there the touchpoint is the app.
 */
const RUNTIMES = new Set(
  (
    'server browser web website site http https api sdk client cloud source sources backend frontend node nodejs javascript js php ' +
    'python ruby java go dotnet desktop default unknown none null undefined online internet'
  ).split(' '),
);

/** What an app calls itself; said by every event of one, so it says nothing about an order in particular. */
const APPS = new Set('app mobile mobile-app mobile_app ios android application'.split(' '));

/**
 * The channel that an event states of itself: `context.channel` as text or as an object with a `name`, in lower case with
 * hyphens for spaces; undefined for the words of SDKs.
 */
export function statedChannel(context: Loose | null): string | undefined {
  const given = context?.channel;
  if (given === undefined) return undefined;
  const text = textOf(objectOf(given)?.name) ?? textOf(given);
  const word = text?.trim().toLowerCase().replace(/\s+/g, '-').slice(0, 60);
  if (!word || RUNTIMES.has(word) || /(^|[-_])sdk$/.test(word)) return undefined;
  return word;
}

/** True for a stated channel that is neither a website nor an app: a shop, the telephone, a marketplace. */
export function isOutside(channel: string | undefined): boolean {
  return channel !== undefined && !APPS.has(channel);
}
