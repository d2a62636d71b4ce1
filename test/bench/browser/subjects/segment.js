import { AnalyticsBrowser } from '@segment/analytics-next';

const analytics = new AnalyticsBrowser();
window.subject = {
  init() {
    const apiHost = `${location.host}/segment/v1`;
    analytics.load(
      {
        writeKey: 'wk',
        cdnSettings: { integrations: { 'Segment.io': { apiKey: 'wk', apiHost, protocol: 'http' } }, plan: {} },
      },
      { integrations: { 'Segment.io': { apiHost, protocol: 'http' } } },
    );
    analytics.page();
    return analytics.ready();
  },
  track: (event, properties) => analytics.track(event, properties),
};
