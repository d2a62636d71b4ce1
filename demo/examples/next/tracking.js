'use client';

import { createTracker } from 'filrouge';
import { segment } from 'filrouge/collectors/segment';
import { lazyTracker, PageViews, TrackerProvider } from 'filrouge/next';

const tracker = lazyTracker(() =>
  createTracker({
    collectors: [segment({ url: process.env.NEXT_PUBLIC_COLLECTOR, writeKey: 'wk' })],
    consent: { analytics: 'granted', attribution: 'granted', personalization: 'denied', advertising: 'denied' },
  }),
);

/** The part of the root layout that runs in the browser. */
export function Tracking({ children }) {
  return (
    <TrackerProvider tracker={tracker}>
      <PageViews query />
      {children}
    </TrackerProvider>
  );
}
