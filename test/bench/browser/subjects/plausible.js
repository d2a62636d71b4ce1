import { init, track } from '@plausible-analytics/tracker';

window.subject = {
  init() {
    init({
      domain: 'bench.example',
      endpoint: `${location.origin}/plausible/api/event`,
      captureOnLocalhost: true,
      logging: false,
    });
  },
  track: (event, { i, text }) => track(event, { props: { i: `${i}`, text } }),
};
