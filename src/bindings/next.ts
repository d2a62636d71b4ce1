'use client';

import { usePathname, useSearchParams } from 'next/navigation.js';
import { createElement, type ReactNode, Suspense } from 'react';
import { usePageView } from './react.js';

export { lazyTracker, TrackerProvider, usePageView, useTracker } from './react.js';

/**
 * Page views of Next.js's app router: put `<PageViews />` once into the root layout, inside the provider. A change of the
 * query is a view only with `query`. The part that reads the query has its own Suspense boundary, so that pages can still
 * be made ahead of time.
 */
export function PageViews({ query = false }: { query?: boolean }): ReactNode {
  return createElement(Suspense, { fallback: null }, createElement(query ? PathAndQuery : Path));
}

function Path(): null {
  usePageView(usePathname());
  return null;
}

function PathAndQuery(): null {
  usePageView(`${usePathname()}?${useSearchParams()}`);
  return null;
}
