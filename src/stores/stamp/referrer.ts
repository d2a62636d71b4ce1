/**
 * Pages whose host alone would say something else: the assistant of a search engine, the forum of a magazine. All that the
 * lists of `report/channels/rules/networks` name with a path must be here, a test compares them. Other paths are not kept: each
 * would make a source of its own.
 */
const PAGES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'bing.com': '/chat /copilotsearch /shopping /shop',
    'github.com': '/copilot /login',
    'linkedin.com': '/oauth /login',
    'x.com': '/i/grok /i/oauth2',
    'twitter.com': '/i/grok /i/oauth2',
    'huggingface.co': '/chat /spaces/huggingchat',
    'google.*': '/shopping /products',
    'icloud.com': '/mail',
    'ksuite.infomaniak.com': '/mail',
    'skyid.sky.com': '/mail',
    'connect.xfinity.com': '/appsuite',
    'jeuxvideo.com': '/forums',
    'doctissimo.fr': '/forum',
    'commentcamarche.net': '/forum',
    'apollo.lv': '/portal/search',
    'sapo.pt': '/pesquisa',
    'tinkoff.ru': '/kassa',
    'coinbase.com': '/commerce',
    'orange.fr': '/webmail',
    'facebook.com': '/dialog /login',
  }).map(([host, paths]) => [host, paths.split(' ')]),
);

const LONGEST = 255;
/** What hosts have in front of the name by which they are known. */
export const HOST_PREFIX = /^(?:www\d?|m|l|lm|out|mobile|touch|amp)\./;

/**
 * Where a visitor came from, as facts have it: `example.org` for a web page, `bing.com/chat` where the page matters,
 * `android-app://com.google.android.gm` for an app, '' for anything else.
 */
export function placeOf(url: unknown): string {
  if (typeof url !== 'string') return '';
  const [, scheme = '', authority = '', path = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#@]*@)?([^/?#:]*)(?::\d*)?([^?#]*)/i.exec(url) ?? [];
  const host = authority.toLowerCase().slice(0, LONGEST);
  if (host && !/^https?$/i.test(scheme)) return `${scheme.toLowerCase()}://${host}`;
  return path.length > 1 ? host + pageOf(host, path.toLowerCase()) : host;
}

function pageOf(host: string, path: string): string {
  const bare = host.replace(HOST_PREFIX, '');
  const pages = PAGES.get(bare) ?? (bare.startsWith('google.') ? PAGES.get('google.*') : undefined);
  return pages?.find((page) => path === page || path.startsWith(`${page}/`)) ?? '';
}

/** The place of a referrer unless it is the page's own site: the same host or one of its subdomains, `www.` set aside. */
export function foreignPlace(referrer: unknown, page: string): string {
  const from = placeOf(referrer);
  if (!from) return '';
  const [a = '', b = ''] = [from, placeOf(page)].map((place) => place.replace(/\/.*/s, '').replace(/^www\./, ''));
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`) ? '' : from;
}
