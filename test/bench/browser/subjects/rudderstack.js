import { RudderAnalytics } from '@rudderstack/analytics-js/bundled';

const analytics = new RudderAnalytics();
window.subject = {
  init() {
    analytics.load('wk', `${location.origin}/rudderstack`, { configUrl: `${location.origin}/rudderstack` });
    analytics.page();
    return new Promise((resolve) => analytics.ready(resolve));
  },
  track: (event, properties) => analytics.track(event, properties),
};
