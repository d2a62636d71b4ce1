import { pages } from '../../../../dist/capture/pages.js';
import { segment } from '../../../../dist/collectors/segment.js';
import { createTracker } from '../../../../dist/index.js';

let tracker;
window.subject = {
  init() {
    const granted = {
      analytics: 'granted',
      attribution: 'granted',
      personalization: 'granted',
      advertising: 'granted',
    };
    tracker = createTracker({
      collectors: [segment({ url: location.origin, writeKey: 'wk' })],
      capture: [pages()],
      consent: granted,
    });
  },
  track: (event, properties) => tracker.track(event, properties),
};
