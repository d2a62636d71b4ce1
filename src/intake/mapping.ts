import type { Campaign, Json, JsonObject } from '../protocol/index.js';
import { type DateOrder, localTimeReader } from './local-time.js';
import { checkMapping } from './mapping-check.js';
import { BadMapping, type Each, type MappingJson, type Source } from './mapping-contract.js';
import { compileSource, doubtOf, type Reader, type ValueOptions } from './mapping-value.js';
import { compilePath } from './path.js';
import type { Entry } from './webhooks/contract.js';
import { textOf } from './webhooks/values.js';
import type { Who } from './who.js';

/** A compiled mapping: an entry of another system to what it tells. */
export interface Mapping {
  name: string | undefined;
  read(entry: unknown): Entry;
  /** The places of the first id, or of the time, if there is nothing in any of them; else none. */
  lacking(entry: unknown, what: 'missing-id' | 'bad-timestamp'): readonly string[];
  /** The first property that should be a number and is something else; `read` leaves it out. */
  doubtful(entry: unknown): string | undefined;
}

/** Compiles a mapping, checked before. Throws `BadMapping`. */
export function compileMapping(json: unknown): Mapping {
  const map = checkMapping(json);
  const options: ValueOptions = { readTime: timeReader(map), decimal: map.decimal ?? '.' };
  const source = (value: Parameters<typeof compileSource>[0], place: string, as?: 'time') =>
    compileSource(value, place, options, as);
  const event = source(map.event, 'event');
  const ids = map.id?.map((one, index) => source(one, `id[${index}]`));
  const at = map.at === undefined ? undefined : source(map.at, 'at', 'time');
  const channel = map.channel === undefined ? undefined : source(map.channel, 'channel');
  const who = group(map.who, 'who', source);
  const campaign = group(map.campaign, 'campaign', source);
  const properties = Object.entries(map.properties ?? {}).map(([name, value]): [string, Reader] => {
    const place = `properties.${name}`;
    return [name, isEach(value) ? eachReader(value, place, source) : source(value, place)];
  });
  const doubts = Object.entries(map.properties ?? {}).flatMap(([name, value]) => {
    const isDoubtful = isEach(value) ? undefined : doubtOf(value, options);
    return isDoubtful ? [{ name, isDoubtful }] : [];
  });
  const applies = conditions(map);
  return {
    name: map.name,
    lacking(entry, what) {
      const missing = ids?.findIndex((one) => textOf(one(entry)) === undefined) ?? -1;
      const from = placesOf(what === 'bad-timestamp' ? map.at : map.id?.[missing]);
      return textOf(source({ from, as: 'text' }, what)(entry)) === undefined ? from : [];
    },
    doubtful: (entry) => doubts.find(({ isDoubtful }) => isDoubtful(entry))?.name,
    read(entry) {
      if (!applies(entry)) return 'ignored';
      const name = textOf(event(entry));
      const id = ids ? ids.map((one) => textOf(one(entry))) : [JSON.stringify(entry)];
      if (name === undefined) return 'missing-event-name';
      if (id.includes(undefined)) return 'missing-id';
      const when = at?.(entry);
      if (at && when === undefined) return 'bad-timestamp';
      return {
        id,
        at: textOf(when),
        event: name,
        who: texts(who, entry) as Who,
        properties: values(properties, entry),
        ...(campaign.length && { campaign: texts(campaign, entry) as Campaign }),
        ...(channel && { channel: textOf(channel(entry)) }),
      };
    },
  };
}

/** Where a source looks. */
function placesOf(source: Source | undefined): readonly string[] {
  const from = typeof source === 'object' ? source.from : source;
  return typeof from === 'object' ? from : from === undefined ? [] : [String(from)];
}

type Compile = (value: Parameters<typeof compileSource>[0], place: string) => Reader;
type Readers = (readonly [string, Reader])[];

function timeReader({ dates, timezone = 'UTC' }: MappingJson): (text: string) => string | undefined {
  const order: DateOrder = dates ?? 'ymd';
  try {
    return localTimeReader(order, timezone);
  } catch {
    throw new BadMapping('timezone must be a time zone, e.g. Europe/Paris.');
  }
}

function group(
  sources: { [name: string]: Parameters<Compile>[0] | undefined } | undefined,
  place: string,
  compile: Compile,
): Readers {
  return Object.entries(sources ?? {}).flatMap(([name, source]) =>
    source === undefined ? [] : [[name, compile(source, `${place}.${name}`)] as const],
  );
}

function isEach(value: NonNullable<MappingJson['properties']>[string]): value is Each {
  return typeof value === 'object' && 'each' in value;
}

function eachReader({ each, item }: Each, place: string, compile: Compile): Reader {
  const path = compilePath(each);
  if (!path) throw new BadMapping(`${place}.each must be a place, e.g. "$.lines".`);
  const readers = group(item, `${place}.item`, compile);
  return (entry) => {
    const list = path(entry);
    return Array.isArray(list) ? list.map((one) => values(readers, one)) : undefined;
  };
}

function conditions({ when = {} }: MappingJson): (entry: unknown) => boolean {
  const tests = Object.entries(when).map(([place, wanted]) => {
    const path = compilePath(place);
    if (!path) throw new BadMapping(`when: "${place}" must be a place, e.g. "$.type".`);
    const allowed = new Set((Array.isArray(wanted) ? wanted : [wanted]).map(String));
    return (entry: unknown) => allowed.has(String(path(entry) ?? ''));
  });
  return (entry) => tests.every((test) => test(entry));
}

function values(readers: Readers, entry: unknown): JsonObject {
  const found: { [name: string]: Json } = {};
  for (const [name, read] of readers) {
    const value = read(entry);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

function texts(readers: Readers, entry: unknown): { [name: string]: string } {
  const found: { [name: string]: string } = {};
  for (const [name, read] of readers) {
    const value = textOf(read(entry));
    if (value !== undefined) found[name] = value;
  }
  return found;
}
