import type { CallMethod } from '../browser/calls.js';
import type { Pin } from '../browser/contracts.js';
import { startTracker } from '../browser/create.js';
import { everyPurpose } from '../browser/gate.js';
import type { Tracker, TrackerOptions } from '../browser/options.js';
import { parameters } from '../capture/parameters.js';
import { segment } from '../collectors/segment.js';
import { namedCaptures } from './captures.js';
import { laterConsent } from './later.js';
import type { StubCall } from './stub.js';

declare global {
  interface Window {
    /** The stub's queue before the script has loaded, the tracker afterwards. */
    filrouge?: Partial<Tracker> & {
      q?: StubCall[];
      /** The script's attributes, where a tag manager loads it and cannot write any. */
      data?: DOMStringMap;
    };
  }
}

startTag(document.currentScript);

/** Reads the script's own attributes, starts a tracker, replays the stub's calls and becomes `window.filrouge`. */
function startTag(script: HTMLOrSVGScriptElement | null): void {
  const global = (window.filrouge ??= {});
  // Mounted twice: the first one counts, or every page view would count double.
  if (!(script instanceof HTMLScriptElement) || (global.track && !global.q)) return;
  const { src } = script;
  const { q = [], data: dataset = script.dataset } = global;
  const landing = q[0] && pinOf(q[0]);
  const { tracker, call } = startTracker(
    {
      ...tagOptions(dataset, src),
      parameters,
      collectors: [segment({ url: dataset.url ?? new URL(src).origin, writeKey: dataset.writeKey ?? '' })],
      capture: namedCaptures(dataset.capture ?? 'pages links forms', src, landing),
    },
    landing,
  );
  delete global.q;
  Object.assign(global, tracker);
  for (const early of q) {
    const [method, args] = early;
    if (/page|identify|track|group|alias/.test(method)) call(method as CallMethod, args, pinOf(early));
    else tracker[method as 'consent']?.(...(args as []));
  }
}

/** When and where an early call was made. */
function pinOf([, , at, url, title]: StubCall): Partial<Pin> {
  return { at, url, title };
}

/**
 * Attributes that are options as they are; what else is written there counts as the default of each. No other option can be
 * given like that: their names are not ours in the built tag, or what we set comes after.
 */
type AsTheyAre = Pick<TrackerOptions, 'withoutConsent' | 'onWithdrawal' | 'cookieDomain'>;

function tagOptions(dataset: DOMStringMap, scriptUrl: string): Omit<TrackerOptions, 'collectors'> {
  const { consent, consentMap = '0', sessionMinutes } = dataset;
  return {
    ...(dataset as AsTheyAre),
    consent: consent ? namedConsent(consent, consentMap, scriptUrl) : undefined,
    sessionMinutes: Number(sessionMinutes) || undefined,
  };
}

function namedConsent(names: string, map: string, scriptUrl: string): TrackerOptions['consent'] {
  if (names === 'manual') return undefined;
  return names === 'granted' ? everyPurpose(names) : laterConsent(names, map, scriptUrl);
}
