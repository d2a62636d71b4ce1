import { ADS } from './networks/ads.js';
import { AFFILIATES } from './networks/affiliates.js';
import { AI } from './networks/ai.js';
import { LOGIN, PAYMENT } from './networks/detours.js';
import { MESSAGING } from './networks/messaging.js';
import { NEWS } from './networks/news.js';
import { SEARCH } from './networks/search.js';
import { SEARCH_MORE } from './networks/search-more.js';
import { SHOPPING } from './networks/shopping.js';
import { SOCIAL } from './networks/social.js';
import { SOCIAL_MORE } from './networks/social-more.js';
import { VIDEO } from './networks/video.js';
import { MAILERS, WEBMAIL } from './networks/webmail.js';
import type { SourceList } from './rule.js';

/** What a host is: one of the lists that rules name, a reader of news, or a page that visitors only pass through. */
export type NetworkKind = SourceList | 'news' | 'payment' | 'login';

/** A known place that sends visitors. */
export interface Network {
  name: string;
  kind: NetworkKind;
  /**
   * Space-separated: bare source names (`fb`), hosts with their subdomains (`reddit.com`), hosts without them
   * (`=brave.com`), country domains (`google.*`), pages of a host (`x.com/i/grok`) and apps (`app:com.whatsapp`). A `+`
   * at the end also takes the host's first label as a source name.
   */
  hosts: string;
}

/** Every known network. Facts about hosts, written by hand. An entry stands in one list only. */
export const NETWORKS: readonly Network[] = [
  ...named('ai', AI),
  ...named('messaging', MESSAGING),
  ...named('webmail', WEBMAIL),
  ...each('webmail', MAILERS),
  ...named('shopping', SHOPPING),
  ...named('social', SOCIAL),
  ...each('social', SOCIAL_MORE),
  ...named('video', VIDEO),
  ...named('search', SEARCH),
  ...each('search', SEARCH_MORE),
  ...named('news', NEWS),
  ...named('ads', ADS),
  ...named('affiliates', AFFILIATES),
  ...each('payment', PAYMENT),
  ...each('login', LOGIN),
];

function named(kind: NetworkKind, rows: Record<string, string>): Network[] {
  return Object.entries(rows).map(([name, hosts]) => ({ name, kind, hosts }));
}

/** Networks that go by their host. */
function each(kind: NetworkKind, hosts: string): Network[] {
  return hosts.split(' ').map((host) => ({ name: host.replace(/^=|\+$|\.\*$/g, ''), kind, hosts: host }));
}
