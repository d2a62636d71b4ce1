import { type MetricType, onCLS, onFCP, onINP, onLCP, onTTFB } from 'web-vitals';
import type { Capture } from '../browser/contracts.js';

/**
 * Core Web Vitals through Google's `web-vitals`: one `Web Vital` per final value with `metric` (CLS, FCP, INP, LCP,
 * TTFB), `value` (milliseconds; CLS has no unit), `rating` and `navigation_type`. The library has no way to take its
 * observers back, so after a stop they only fall silent.
 */
export function vitals(): Capture {
  return {
    name: 'vitals',
    start(emit, signal) {
      const report = ({ name, value, rating, navigationType, id }: MetricType) => {
        if (signal.aborted) return;
        const properties = {
          metric: name,
          value: Math.round(value * 1000) / 1000,
          rating,
          navigation_type: navigationType,
          metric_id: id,
        };
        emit({ type: 'track', event: 'Web Vital', properties, minor: true });
      };
      for (const observe of [onCLS, onFCP, onINP, onLCP, onTTFB]) observe(report);
    },
  };
}
