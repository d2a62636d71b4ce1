import {
  type Consent,
  PURPOSES,
  readLanding,
  type Touch,
  type WireConsent,
  type WireEvent,
} from '../protocol/index.js';
import type { PinnedDraft } from './contracts.js';

/** Whose event it is; made from the device record after the gate let it pass. */
export interface Identity {
  anonymousId: string;
  userId?: string | undefined;
  groupId?: string | undefined;
  session?: { id: string; start: string } | undefined;
  sequence?: { lane: string; n: number; last?: { lane: string; n: number } | undefined } | undefined;
  touch?: Touch | undefined;
  first?: Touch | undefined;
}

const LIBRARY = { name: 'filrouge', version: '0.1.0' };
let timezone: string | undefined;

type Enriched = { [field in keyof WireEvent]: unknown } & { messageId: string };

/** Builds the wire event. Undefined fields vanish when it is serialised. */
export function enrichDraft(draft: PinnedDraft, identity: Identity, consent: Consent, newId: () => string): Enriched {
  const { at, url, title, referrer, pageView, navigation, options, minor, ...call } = draft;
  const { touch, first, session, sequence, groupId, ...ids } = identity;
  const { pathname: path, search, href } = new URL(readLanding(url).cleanUrl);
  const page = { url: href, path, search, title, referrer: readLanding(referrer).cleanUrl };
  const isPage = call.type === 'page';
  timezone ??= Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    ...ids,
    ...call,
    userId: call.userId ?? ids.userId,
    properties: isPage ? { ...page, ...call.properties } : call.properties,
    messageId: options?.messageId ?? newId(),
    timestamp: new Date(options?.timestamp ?? at).toISOString(),
    integrations: options?.integrations,
    context: {
      page,
      campaign: touch?.campaign,
      consent: wireConsent(consent),
      library: LIBRARY,
      locale: navigator.language,
      timezone,
      groupId,
      ...options?.context,
      filrouge: { v: 1, session, sequence, pageView, navigation, touch, first: isPage ? first : undefined },
    },
  };
}

function wireConsent(consent: Consent): WireConsent {
  const categoryPreferences: { [purpose: string]: boolean } = {};
  for (const purpose of PURPOSES) {
    if (consent[purpose] !== 'pending') categoryPreferences[purpose] = consent[purpose] === 'granted';
  }
  return { categoryPreferences };
}
