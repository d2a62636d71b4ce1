import { attempt } from '../browser/attempt.js';
import type { ConsentSource } from '../browser/contracts.js';
import type { Consent, Purpose } from '../protocol/index.js';
import { type CategoryMap, choice, type ImpliedOptions } from './choice.js';

/** How Consent Mode is read. */
export interface GoogleOptions extends ImpliedOptions {
  /** The name of the data layer. Default `dataLayer`. */
  layer?: string;
  /** Where the visitor is (ISO 3166-2, `FR` or `US-CA`), if the page knows: with `implied`, picks among regional defaults. */
  region?: string;
}

const TYPES: CategoryMap = {
  analytics: 'analytics_storage',
  attribution: ['ad_storage', 'ad_user_data'],
  personalization: 'personalization_storage',
  advertising: ['ad_storage', 'ad_user_data', 'ad_personalization'],
};

/**
 * Google Consent Mode v2, read from the commands in the data layer, earlier and later ones. An `update` decides the types it
 * names. A `default` is no choice of the visitor: denied by default means pending; granted by default counts only with
 * `implied`, and then the most specific region wins. Source: developers.google.com/tag-platform, "Consent mode".
 */
export function google(
  map: CategoryMap = TYPES,
  { implied, layer = 'dataLayer', region = '' }: GoogleOptions = {},
): ConsentSource {
  return {
    name: 'google',
    watch(report) {
      const updates = new Map<string, boolean>();
      const defaults = new Map<string, { isGranted: boolean; rank: number }>();
      let isTold = true;
      let isStopped = false;
      const stateOf = (type: string) => updates.get(type) ?? ((implied && defaults.get(type)?.isGranted) || 'pending');
      const tell = () => {
        if (!isTold && !isStopped) report(choice(map, stateOf, true));
        isTold = true;
      };
      const take = (item: unknown) => {
        const [command, kind, settings] = readCommand(item);
        if (command !== 'consent') return;
        isTold = false;
        const { region: regions, ...types } = Object(settings);
        for (const [type, state] of Object.entries(types)) {
          const isGranted = state === 'granted';
          if (!isGranted && state !== 'denied') continue;
          const rank = rankRegion(region, regions, isGranted);
          if (kind === 'update') updates.set(type, isGranted);
          else if (rank >= (defaults.get(type)?.rank ?? 0)) defaults.set(type, { isGranted, rank });
        }
      };
      const queue = findLayer(layer);
      const { push } = queue;
      const watchedPush = (...items: unknown[]) => {
        for (const item of items) attempt(() => take(item));
        // Platforms that push type by type are heard out before anything is said.
        queueMicrotask(tell);
        return push.apply(queue, items);
      };
      for (const item of queue) attempt(() => take(item));
      queue.push = watchedPush;
      tell();
      return () => {
        isStopped = true;
        // Who has wrapped it after us still calls it.
        if (queue.push === watchedPush) queue.push = push;
      };
    },
  };
}

/** Only `arguments` objects are commands: Google ignores arrays, too. */
function readCommand(item: unknown): unknown[] {
  return Object.prototype.toString.call(item) === '[object Arguments]' ? Array.from(item as ArrayLike<unknown>) : [];
}

/** How closely a default is meant for the visitor; below 0 it is not. */
function rankRegion(region: string, regions: string[] | undefined, isGranted: boolean): number {
  if (!regions) return 0;
  // Where the visitor's region is not known, a refusal for any region stands and a grant for some does not.
  if (!region) return isGranted ? -1 : 3;
  return regions.includes(region) ? 2 : regions.includes(region.slice(0, 2)) ? 1 : -1;
}

function findLayer(name: string): unknown[] {
  if (!Reflect.get(window, name)) Reflect.set(window, name, []);
  return Reflect.get(window, name);
}

/**
 * Tells Google's tags what our state is: `gtag('consent', 'update', …)` with the types that are decided. Call it on each
 * change, where the source is any but `google()`, which reads what is written here.
 */
export function writeConsentMode(consent: Partial<Consent>, layer = 'dataLayer'): void {
  const update: { [type: string]: string } = {};
  for (const [type, purpose] of WRITTEN) {
    const state = consent[purpose];
    if (state && state !== 'pending') update[type] = state;
  }
  const queue = findLayer(layer);
  function gtag(..._command: unknown[]): void {
    // Not an array: Google takes only `arguments` objects for commands.
    queue.push(arguments);
  }
  if (Object.keys(update).length) gtag('consent', 'update', update);
}

/** What is stored for ads needs the purpose of ads; measuring campaigns on one's own site does not go to Google. */
const WRITTEN: [string, Purpose][] = [
  ['analytics_storage', 'analytics'],
  ['personalization_storage', 'personalization'],
  ['ad_storage', 'advertising'],
  ['ad_user_data', 'advertising'],
  ['ad_personalization', 'advertising'],
];
