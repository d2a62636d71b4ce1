import type { SourceList } from './ga4.js';
import { AI } from './networks/ai.js';
import { SEARCH } from './networks/search.js';
import { SHOPPING } from './networks/shopping.js';
import { SOCIAL } from './networks/social.js';
import { VIDEO } from './networks/video.js';

/** A known place that sends visitors. */
export interface Network {
  name: string;
  list: SourceList | 'ai';
  /**
   * Space-separated: bare source names (`fb`), hosts (`kagi.com`; also with www., m., l., lm., out. before it), hosts
   * with all their subdomains (`*.reddit.com`), country domains (`google.*`) and Android packages (`app:com.whatsapp`).
   */
  hosts: string;
}

/** Every known network. Facts about hosts, written by hand; where two lists could claim a host, the earlier wins. */
export const NETWORKS: readonly Network[] = [
  ...each('ai', AI),
  ...each('shopping', SHOPPING),
  ...each('social', SOCIAL),
  ...each('video', VIDEO),
  ...each('search', SEARCH),
];

function each(list: Network['list'], rows: Record<string, string>): Network[] {
  return Object.entries(rows).map(([name, hosts]) => ({ name, list, hosts }));
}
