import type { CallMethod } from '../browser/calls.js';
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
  const [, , at, url = '', title = ''] = q[0] ?? [];
  const landing = at ? { at, url, title } : undefined;
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
  for (const [method, args, at, url, title] of q) {
    if (/^(page|track|identify|group|alias)$/.test(method)) call(method as CallMethod, args, { at, url, title });
    else if (method in tracker) Reflect.apply(tracker[method as 'consent'], undefined, args);
  }
}

function tagOptions(
  { consent = 'manual', consentMap = '0', withoutConsent, onWithdrawal, sessionMinutes, cookieDomain }: DOMStringMap,
  scriptUrl: string,
): Omit<TrackerOptions, 'collectors'> {
  return {
    ...(consent !== 'manual' && { consent: namedConsent(consent, JSON.parse(consentMap), scriptUrl) }),
    ...((withoutConsent === 'drop' || withoutConsent === 'anonymous') && { withoutConsent }),
    ...(onWithdrawal === 'finish' && { onWithdrawal }),
    ...(sessionMinutes && { sessionMinutes: +sessionMinutes }),
    ...(cookieDomain && { cookieDomain }),
  };
}

function namedConsent(names: string, map: unknown, scriptUrl: string): NonNullable<TrackerOptions['consent']> {
  if (names === 'granted') return everyPurpose(names);
  return laterConsent(names.split(/[\s,]+/), map, scriptUrl);
}
