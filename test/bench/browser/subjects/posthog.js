import posthog from 'posthog-js';

window.subject = {
  // Everything that is not tracking is off, as far as it can be.
  init() {
    posthog.init('wk', {
      api_host: `${location.origin}/posthog`,
      autocapture: false,
      capture_pageview: true,
      capture_pageleave: false,
      capture_performance: false,
      capture_dead_clicks: false,
      capture_heatmaps: false,
      disable_session_recording: true,
      disable_surveys: true,
      disable_external_dependency_loading: true,
      // Else it takes the headless browser for a bot and sends nothing.
      opt_out_useragent_filter: true,
      advanced_disable_flags: true,
      rate_limiting: { events_per_second: 10_000, events_burst_limit: 100_000 },
    });
  },
  track: (event, properties) => posthog.capture(event, properties),
};
