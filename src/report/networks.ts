import type { SourceList } from './rules/ga4.js';
import { COUNTRY_ENDINGS, DETOUR_HOSTS } from './rules/hosts.js';
import { NETWORKS, type Network } from './rules/networks.js';

/** Looks up hosts and source names in the lists of `rules/`. */
export interface NetworkIndex {
  /** The network of a referrer: a host or an `android-app://` reference. */
  ofReferrer(referrer: string): Network | undefined;
  /** The network of a source value, which must equal a listed name or host; ending like one is not enough. */
  ofSource(source: string): Network | undefined;
  inList(source: string, list: SourceList): boolean;
  /** A payment or login host, to which visitors go for a moment in the middle of a visit. */
  isDetour(referrer: string): boolean;
}

const PREFIX = /^(?:www\d?|m|l|lm|out|mobile)\./;

/** Builds the lookup tables from the lists; some 20,000 entries, so once per process is enough. */
export function indexNetworks(): NetworkIndex {
  const exact = new Map<string, Network>();
  const parents = new Map<string, Network>();
  const put = (map: Map<string, Network>, key: string, network: Network) => map.has(key) || map.set(key, network);
  for (const network of NETWORKS) {
    put(exact, network.name, network);
    for (const entry of network.hosts.split(' ')) {
      if (entry.startsWith('*.')) put(parents, entry.slice(2), network);
      for (const host of expand(entry.replace(/^\*\./, ''))) put(exact, host, network);
    }
  }
  const ofSource = (source: string) => {
    const name = source.toLowerCase();
    return exact.get(name) ?? exact.get(name.replace(PREFIX, ''));
  };
  return {
    ofReferrer: (referrer) => {
      const host = hostKey(referrer);
      return ofSource(host) ?? ancestor(host, (domain) => parents.get(domain));
    },
    ofSource,
    inList: (source, list) => ofSource(source)?.list === list,
    isDetour: (referrer) => ancestor(hostKey(referrer), (domain) => DETOURS.has(domain) || undefined) ?? false,
  };
}

const DETOURS: ReadonlySet<string> = new Set(DETOUR_HOSTS);

function expand(entry: string): string[] {
  if (!entry.endsWith('.*')) return [entry];
  return COUNTRY_ENDINGS.map((ending) => entry.slice(0, -1) + ending);
}

/** `android-app://com.whatsapp/x` becomes `app:com.whatsapp`; a host loses its port and last dot. */
function hostKey(referrer: string): string {
  const lower = referrer.toLowerCase();
  const app = /^android-app:\/\/([^/]+)/.exec(lower)?.[1];
  return app ? `app:${app}` : lower.replace(/^[a-z-]+:\/\//, '').replace(/[/:].*$|\.$/s, '');
}

/** The first answer for the host itself or one of the domains above it. */
function ancestor<T>(host: string, ask: (domain: string) => T | undefined): T | undefined {
  for (let domain = host; domain; domain = domain.includes('.') ? domain.slice(domain.indexOf('.') + 1) : '') {
    const answer = ask(domain);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
