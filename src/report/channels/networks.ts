import { HOST_PREFIX } from '../../stores/stamp/referrer.js';
import { countryEnding, parseReferrer, type Referrer } from './hosts.js';
import { GA4_SOURCES, LISTED_BELOW } from './rules/ga4-sources.js';
import { NETWORKS, type Network, type NetworkKind } from './rules/networks.js';
import type { SourceList } from './rules/rule.js';

/** Looks up hosts and source names in the lists of `rules/`. */
export interface NetworkIndex {
  /** The network of a referrer: a URL, a host or an `android-app://` reference. The longest listed ending wins. */
  ofReferrer(referrer: string | Referrer): Network | undefined;
  /** The network of a source value: a listed name or host. Hosts below a listed one count too. */
  ofSource(source: string): Network | undefined;
  /** Whether Google has the source in a list, to the letter: the name itself, not an ending. */
  inGoogleList(source: string, list: SourceList): boolean;
  /** Whether the source is in a list; `facebook-ads` counts as `facebook`. */
  inList(source: string, list: SourceList): boolean;
}

/** What is known of one domain. */
interface Entry {
  /** For the host and all below it. */
  all?: Network;
  /** For the host itself. */
  only?: Network;
  paths?: [prefix: string, network: Network][];
}

/** Builds the lookup tables from the lists; a few thousand entries, so once per process is enough. */
export function indexNetworks(): NetworkIndex {
  const names = new Map<string, Network>();
  const table = new Map<string, Entry>();
  for (const network of NETWORKS) {
    if (!names.has(network.name)) names.set(network.name, network);
    for (const token of network.hosts.split(' ')) put(names, table, token, network);
  }
  const ofReferrer = (referrer: string | Referrer) => {
    const place = typeof referrer === 'string' ? parseReferrer(referrer) : referrer;
    return (
      place &&
      (names.get(place.host) ?? names.get(`app:${place.host}`) ?? resolve(table, place) ?? namesake(place.host))
    );
  };
  const exact = (source: string) => {
    if (!source) return undefined;
    const name = source.toLowerCase();
    const bare = name.replace(HOST_PREFIX, '');
    const entry = table.get(name) ?? table.get(bare) ?? table.get(wildcard(bare, countryEnding(bare)));
    return names.get(name) ?? entry?.only ?? entry?.all;
  };
  const ofSource = (source: string) =>
    exact(source) ?? (source.includes('.') ? ofReferrer(source) : undefined) ?? exact(unpaid(source));
  // Rules ask for the lists of one source many times over.
  const [wide, literal] = [remember(ofSource), remember(exact)];
  return {
    ofReferrer,
    ofSource,
    // People write `x` for anything; rules name the network X where the medium says so.
    inList: (source, list) => source !== 'x' && isIn(wide(source), list),
    inGoogleList: (source, list) => {
      const name = source.toLowerCase();
      const listed = GA4_SOURCES.get(name) ?? LISTED_BELOW.find(([host]) => host.test(name))?.[1];
      return listed ? listed === list : isIn(literal(source), list);
    },
  };
}

/** Keeps the last answer. */
function remember(ask: (source: string) => Network | undefined): (source: string) => Network | undefined {
  let last: string | undefined;
  let answer: Network | undefined;
  return (source) => {
    if (source !== last) [last, answer] = [source, ask(source)];
    return answer;
  };
}

/** Google counts messengers among social networks; so does whatever rule asks for social ones. */
function isIn(network: Network | undefined, list: SourceList): boolean {
  return network?.kind === list || (list === 'social' && network?.kind === 'messaging');
}

/** `reddit-ads` without its ending. */
export function unpaid(source: string): string {
  return source.toLowerCase().replace(/[-_ .]?(ads?|paid)$/, '');
}

function put(names: Map<string, Network>, table: Map<string, Entry>, token: string, network: Network): void {
  if (token.startsWith('app:') || !token.includes('.')) return void (names.has(token) || names.set(token, network));
  const [, only, host = '', path, alias] = /^(=?)([^/+]+)(\/[^+]+)?(\+?)$/.exec(token) ?? [];
  const entry = table.get(host) ?? {};
  table.set(host, entry);
  if (path) (entry.paths ??= []).push([path, network]);
  else if (only) entry.only ??= network;
  else entry.all ??= network;
  const label = host.slice(0, host.indexOf('.'));
  if (alias && !names.has(label)) names.set(label, network);
}

/** Asks for the host and each domain above it, and for each of them with its country left open. */
function resolve(table: ReadonlyMap<string, Entry>, { host, path }: Referrer): Network | undefined {
  const ending = countryEnding(host);
  const bare = host.replace(HOST_PREFIX, '');
  for (let domain = host; domain.includes('.'); domain = domain.slice(domain.indexOf('.') + 1)) {
    const isHost = domain === host || domain === bare;
    const found = pick(table.get(domain), isHost, path) ?? pick(table.get(wildcard(domain, ending)), isHost, path);
    if (found) return found;
  }
  return undefined;
}

// Firms, providers and banks run such pages under hosts that nobody can list, and call them alike.
const NAMESAKES: readonly [RegExp, NetworkKind][] = [
  [
    /^(webmail|webmel|zimbra|roundcube|horde|squirrelmail|owa|messagerie|courriel|correo|poczta|mail)[a-z]?\d*[a-z]?[-.].+\./,
    'webmail',
  ],
  [
    /^(acs\d*|3-?ds(ecure)?\d*|secure-?acs|secure-?pay(ment)?s?|paiements?|payments?|checkout|epay(ment)?)[-.].+\./,
    'payment',
  ],
  [/^(login|signin|sign-in|sso|oauth2?|auth|idp|adfs|keycloak|connexion|authentification)\d?[-.].+\./, 'login'],
];

function namesake(host: string): Network | undefined {
  const kind = NAMESAKES.find(([name]) => name.test(host))?.[1];
  return kind && { name: host, kind, hosts: host };
}

function pick(entry: Entry | undefined, isHost: boolean, path: string): Network | undefined {
  if (!entry) return undefined;
  if (isHost) {
    const page = entry.paths?.find(([prefix]) => path === prefix || path.startsWith(`${prefix}/`));
    if (page) return page[1];
    if (entry.only) return entry.only;
  }
  return entry.all;
}

/** `images.google.co.uk` with the ending `co.uk` becomes `images.google.*`. */
function wildcard(domain: string, ending: string): string {
  return ending && domain.length > ending.length ? `${domain.slice(0, -ending.length)}*` : '';
}
