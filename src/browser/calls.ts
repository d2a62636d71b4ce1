import type { JsonObject } from '../protocol/index.js';
import type { CallOptions, Draft } from './contracts.js';

/** The methods that make an event; argument orders are those of analytics.js. */
export type CallMethod = 'page' | 'track' | 'identify' | 'group' | 'alias';

/**
 * Turns the arguments of a call into a draft. Leading arguments may be left out or null as in analytics.js
 * (`page(name)`, `page(properties)`, `identify(traits)`), ids may be numbers. Throws the method when its id or name is missing.
 */
export function draftFromCall(method: CallMethod, args: readonly unknown[]): Draft {
  const values = args.filter((arg) => typeof arg !== 'function');
  const strings: string[] = [];
  // A null before the first string is a left-out id; after it, a left-out object.
  while (values.length && (values[0] == null ? !strings.length : typeof values[0] !== 'object')) {
    const value = values.shift();
    if (value != null) strings.push(`${value}`);
  }
  const [first, second] = strings;
  const [data, options] = values.map((value) => value ?? undefined) as [
    JsonObject | undefined,
    CallOptions | undefined,
  ];
  if (!first && /track|group|alias/.test(method)) throw method;
  const said: Record<CallMethod, Partial<Draft>> = {
    page: { name: second ?? first, category: second && first, properties: data },
    track: { event: first, properties: data },
    identify: { userId: first, traits: data },
    group: { groupId: first, traits: data },
    alias: { userId: first, previousId: second, options: options ?? (data as CallOptions | undefined) },
  };
  return { type: method, options, ...said[method] };
}
