import { createTracker } from 'filrouge';
import { segment } from 'filrouge/collectors/segment';
import { lazyTracker } from 'filrouge/vue';

/** Made at its first use in the browser; a server may import this file. */
export const tracker = lazyTracker(() =>
  createTracker({
    collectors: [segment({ url: import.meta.env.VITE_COLLECTOR, writeKey: 'wk' })],
    consent: { analytics: 'granted', attribution: 'granted', personalization: 'denied', advertising: 'denied' },
  }),
);
