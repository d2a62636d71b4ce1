import { until } from '../browser/wait.js';

/** The part of a DevTools session that this needs; Playwright's and Puppeteer's both have it. */
export interface Devtools {
  send(method: string, parameters?: object): Promise<unknown>;
  on(event: string, handler: (event: never) => void): unknown;
}

interface Registered {
  registrations: { registrationId: string; scopeURL: string; isDeleted: boolean }[];
}

/**
 * Has Chromium send the sync event to the worker of a site, as it does by itself when a network is there; from a session of
 * any page, so that none of the site need be open. False when the site has no worker.
 */
export async function dispatchSync(devtools: Devtools, siteUrl: string, tag: string): Promise<boolean> {
  const found = new Map<string, Registered['registrations'][number]>();
  devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }: Registered) => {
    for (const one of registrations) found.set(one.registrationId, one);
  });
  await devtools.send('ServiceWorker.enable');
  const here = () =>
    [...found.values()].filter(({ scopeURL, isDeleted }) => !isDeleted && scopeURL.startsWith(siteUrl));
  // Nothing says that there are no more registrations: where there is none, as long as others need to be told of.
  await until('a worker', () => here().length, 1000).catch(() => {});
  const ours = here();
  for (const { registrationId } of ours) {
    await devtools.send('ServiceWorker.dispatchSyncEvent', { origin: siteUrl, registrationId, tag, lastChance: false });
  }
  return ours.length > 0;
}
