import type { Collector } from '../browser/contracts.js';
import { post } from '../browser/transport.js';

/**
 * The same collector, whose first request of each page load carries the site's cookies: `renewing(segment({ url, writeKey }))`.
 * For a receiver on the site's own domain that was told it (`--cookie-domain`): it writes the id cookie again, which Safari
 * would end 7 days after a script wrote it. For collectors that post, as `segment` does; one request, because one is enough
 * and an answer may cross a withdrawal on its way.
 */
export function renewing(collector: Collector): Collector {
  let credentials: RequestCredentials = 'include';
  return {
    ...collector,
    send(...request) {
      const answer = post(...request, { credentials });
      credentials = 'same-origin';
      return answer;
    },
  };
}
