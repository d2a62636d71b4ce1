import type { Collector } from '../browser/contracts.js';
import { amplitude } from '../collectors/amplitude.js';
import { jitsu } from '../collectors/jitsu.js';
import { json } from '../collectors/json.js';
import { matomo } from '../collectors/matomo.js';
import { plausible } from '../collectors/plausible.js';
import { posthog } from '../collectors/posthog.js';
import { rudderstack } from '../collectors/rudderstack.js';
import { segment } from '../collectors/segment.js';
import { snowplow } from '../collectors/snowplow.js';
import { umami } from '../collectors/umami.js';
import { isObject, type Json, PURPOSES, type Purpose } from '../protocol/index.js';
import { type Environment, parseSettings } from '../receiver/settings-file.js';
import { ga4 } from './ga4.js';
import { webhook } from './webhook.js';

/** One destination of the settings file; every value is text. */
type Values = { [name: string]: string };

interface Kind {
  required: readonly string[];
  optional?: readonly string[];
  make(values: Values, purpose: { purpose?: Purpose }): Collector;
}

/** A required value; `readOne` has checked that it is there. */
const of = (values: Values, name: string): string => values[name] ?? '';
const url = (values: Values) => (values.url ? { url: values.url } : {});

const KINDS: { readonly [type: string]: Kind } = {
  ga4: {
    required: ['measurementId', 'apiSecret'],
    optional: ['url'],
    make: (v, p) => ga4({ measurementId: of(v, 'measurementId'), apiSecret: of(v, 'apiSecret'), ...url(v), ...p }),
  },
  webhook: {
    required: ['url', 'secret'],
    optional: ['events'],
    make: (v, p) => {
      const events = v.events?.split(',').map((name) => name.trim());
      return webhook({ url: of(v, 'url'), secret: of(v, 'secret'), ...(events && { events }), ...p });
    },
  },
  segment: keyed(segment),
  rudderstack: keyed(rudderstack),
  jitsu: keyed(jitsu),
  snowplow: {
    required: ['url', 'appId'],
    make: (v, p) => snowplow({ url: of(v, 'url'), appId: of(v, 'appId'), method: 'post', ...p }),
  },
  posthog: {
    required: ['url', 'apiKey'],
    make: (v, p) => posthog({ url: of(v, 'url'), apiKey: of(v, 'apiKey'), ...p }),
  },
  amplitude: {
    required: ['apiKey'],
    optional: ['url'],
    make: (v, p) => amplitude({ apiKey: of(v, 'apiKey'), ...url(v), ...p }),
  },
  matomo: { required: ['url', 'siteId'], make: (v, p) => matomo({ url: of(v, 'url'), siteId: of(v, 'siteId'), ...p }) },
  plausible: {
    required: ['domain'],
    optional: ['url'],
    make: (v, p) => plausible({ domain: of(v, 'domain'), ...url(v), ...p }),
  },
  umami: {
    required: ['url', 'website'],
    make: (v, p) => umami({ url: of(v, 'url'), website: of(v, 'website'), ...p }),
  },
  json: { required: ['url'], make: (v, p) => json({ url: of(v, 'url'), ...p }) },
};

function keyed(make: (options: { url: string; writeKey: string; purpose?: Purpose }) => Collector): Kind {
  return {
    required: ['url', 'writeKey'],
    make: (v, p) => make({ url: of(v, 'url'), writeKey: of(v, 'writeKey'), ...p }),
  };
}

/**
 * Reads the file of `filrouge serve --forward` (`parseSettings`): `{ "destinations": { "<label>": { "type": "ga4", … } } }`.
 * Throws what is wrong, where, and what to do.
 */
export function readForwardSettings(text: string, environment: Environment): { [label: string]: Collector } {
  const { destinations } = parseSettings(text, environment);
  const entries = isObject(destinations) ? Object.entries(destinations) : [];
  if (!entries.length)
    throw new Error('has no "destinations": write { "destinations": { "ga": { "type": "ga4", … } } }.');
  return Object.fromEntries(entries.map(([label, given]) => [label, readOne(label, given)]));
}

function readOne(label: string, given: Json | undefined): Collector {
  const where = `destinations.${label}`;
  if (!isObject(given)) throw new Error(`${where} must be an object with a "type".`);
  const { type, purpose, ...rest } = given;
  const kind = typeof type === 'string' && Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (!kind) throw new Error(`${where}.type must be one of ${Object.keys(KINDS).join(', ')}.`);
  const wanted = PURPOSES.find((one) => one === purpose);
  if (purpose !== undefined && !wanted) throw new Error(`${where}.purpose must be one of ${PURPOSES.join(', ')}.`);
  const known = [...kind.required, ...(kind.optional ?? [])];
  const values: Values = {};
  for (const [name, value] of Object.entries(rest)) {
    if (!known.includes(name))
      throw new Error(`${where}.${name} is not known: there are ${known.join(', ')}, purpose.`);
    if (typeof value !== 'string' && typeof value !== 'number') throw new Error(`${where}.${name} must be text.`);
    values[name] = String(value);
  }
  const missing = kind.required.filter((name) => !values[name]);
  if (missing.length) throw new Error(`${where} needs ${missing.map((name) => `"${name}"`).join(' and ')}.`);
  if (values.url && !/^https?:\/\//.test(values.url))
    throw new Error(`${where}.url must begin with http:// or https://.`);
  return kind.make(values, wanted ? { purpose: wanted } : {});
}
