import { isObject, type JsonObject, type WireEvent } from '../../protocol/index.js';

/**
 * Parameters whose values are secrets or persons, by the end of their name without case, `_`, `-`, `.` and brackets:
 * `user[email]`, `access_token`, `PHPSESSID`. Short on purpose: what is not in it is found by what the value looks like.
 */
const PERSONAL =
  /(?:e?mail(?:address)?|passw(?:or)?d|passwort|motdepasse|passphrase|pwd|token|secret|apikey|accesskey|privatekey|sess(?:ion)?(?:id)?|otp|jwt|signature|authorization|firstname|lastname|fullname|surname|phone(?:number)?|mobilenumber|msisdn|iban|cardnumber|cvv|cvc|ssn|birthda(?:te|y)|dateofbirth)$|^(?:sid|pass|pin|tel|auth|dob|sig)$/;
/** The first two parts of a JSON Web Token. */
const JWT = /^eyJ[\w-]+\.[\w-]+\./;
/** Without one of these there is nothing to take out. */
const MAY_TELL = /[=@%]/;
const IS_ADDRESS = /^(?:[a-z][a-z0-9+.-]*:)?\/|^[?#]/i;
/** What stands for an e-mail address in a path, so that pages of one kind stay pages of one kind. */
const SOMEBODY = '[email]';
const PAGE = ['url', 'path', 'search', 'referrer'] as const;
const TOUCHES = ['touch', 'first'] as const;

/**
 * Takes out of an event's addresses, in place, what nobody wants in a report: parameters that are secrets or persons, e-mail
 * addresses wherever they stand, user names and passwords. Whoever sent it: pages put such things into their own addresses,
 * and no client but ours knows campaign parameters apart. Returns true when it changed something.
 */
export function cleanAddresses({ context, properties }: WireEvent): boolean {
  let changed = false;
  if (context) {
    const { page, filrouge } = context as JsonObject;
    if (isObject(page)) for (const key of PAGE) changed = clean(page, key) || changed;
    if (isObject(filrouge)) {
      for (const key of TOUCHES) {
        const touch = filrouge[key];
        if (isObject(touch)) changed = [clean(touch, 'landing'), clean(touch, 'referrer')].includes(true) || changed;
      }
    }
  }
  if (properties) for (const key in properties) changed = clean(properties, key) || changed;
  return changed;
}

function clean(object: JsonObject, key: string): boolean {
  const text = object[key];
  if (typeof text !== 'string' || !MAY_TELL.test(text) || !IS_ADDRESS.test(text)) return false;
  const cleaned = cleanAddress(text);
  if (cleaned === text) return false;
  object[key] = cleaned;
  return true;
}

/** An address, path or query without what is personal in it; the same text where nothing is. */
export function cleanAddress(address: string): string {
  const end = address.search(/[?#]|$/);
  const path = address.slice(0, end).split('/').map(cleanPart).join('/');
  return (
    path +
    address.slice(end).replace(/([?#])([^?#]*)/g, (_, mark: string, query: string) => {
      const kept = query.split('&').filter((pair) => !isPersonal(pair));
      return kept.length || !query ? mark + kept.join('&') : '';
    })
  );
}

/** A part between slashes: host or directory. */
function cleanPart(part: string, index: number, parts: readonly string[]): string {
  const text = decode(part);
  const at = text.lastIndexOf('@');
  // `//name:password@host`
  if (index === 2 && parts[1] === '') return at < 0 ? part : part.slice(part.lastIndexOf('@') + 1);
  return isMail(text) ? SOMEBODY : part;
}

function isPersonal(pair: string): boolean {
  const mark = pair.indexOf('=');
  const value = decode(decode(mark < 0 ? pair : pair.slice(mark + 1)));
  if (isMail(value) || JWT.test(value)) return true;
  const name = mark < 0 ? '' : decode(pair.slice(0, mark));
  return value !== '' && PERSONAL.test(name.toLowerCase().replace(/[^a-z]/g, ''));
}

/** Something, `@`, something with a dot; `/@name` of social networks is none. */
function isMail(text: string): boolean {
  const at = text.indexOf('@');
  return at > 0 && text.indexOf('.', at + 2) > 0 && /[^/=\s]$/.test(text.slice(0, at));
}

/** Percent-decodes once; malformed sequences stay as they are. */
function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
