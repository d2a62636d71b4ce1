import { newTracker, trackPageView, trackStructEvent } from '@snowplow/browser-tracker';

window.subject = {
  init() {
    newTracker('sp', `${location.origin}/snowplow`, { appId: 'bench' });
    trackPageView();
  },
  track: (event, { i, text }) => trackStructEvent({ category: 'bench', action: event, label: text, value: i }),
};
