import type { Capture } from '../browser/contracts.js';
import { listen } from '../browser/lifecycle.js';

/** Options of the engagement capture. */
export interface EngagementOptions {
  /** Visible seconds that are worth an event. Default 3, as in Plausible. */
  minSeconds?: number;
}

/**
 * How long a page was really looked at, and how deep: one `Page Engaged` each time a page view ends or the page is
 * hidden, with `engaged_seconds` since the last one (visible and focused time only) and `scroll_depth` (percent of the
 * page, the deepest so far). It carries the URL and title of the page it is about. No timer runs.
 */
export function engagement({ minSeconds = 3 }: EngagementOptions = {}): Capture {
  return {
    name: 'engagement',
    start(emit, signal) {
      let { href: url } = location;
      let { title } = document;
      let engagedMs = 0;
      let since = 0;
      let depth = 0;

      const isActive = () => document.visibilityState === 'visible' && document.hasFocus();
      const settle = () => {
        const now = performance.now();
        if (since) engagedMs += now - since;
        since = isActive() ? now : 0;
      };
      const measure = () => {
        const { scrollHeight } = document.documentElement;
        depth = Math.max(depth, Math.min(100, Math.round(((scrollY + innerHeight) / scrollHeight) * 100)));
      };
      const report = () => {
        settle();
        if (engagedMs < minSeconds * 1000) return;
        const properties = {
          engaged_seconds: Math.round(engagedMs / 100) / 10,
          scroll_depth: depth,
        };
        engagedMs = 0;
        emit({
          type: 'track',
          event: 'Page Engaged',
          properties,
          url,
          title,
          minor: true,
        });
      };
      /** Asked at each sign of life: a move within a single-page app ends the view before it. */
      const notice = () => {
        if (location.href !== url) {
          report();
          engagedMs = depth = 0;
          ({ href: url } = location);
        }
        ({ title } = document);
        settle();
        measure();
      };
      notice();
      // When the page is shown again, the report finds less than is worth an event, or had sent it.
      listen('visibilitychange pagehide', report, signal);
      listen('pageshow focus blur popstate visibilitychange click scroll', notice, signal);
    },
  };
}
