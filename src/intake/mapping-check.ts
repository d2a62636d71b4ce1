import { isObject } from '../protocol/index.js';
import { BadMapping, type MappingJson } from './mapping-contract.js';

const KEYS = 'name when event id at who properties campaign channel timezone dates decimal'.split(' ');
const WHO = ['userId', 'email', 'phone', 'loyaltyId', 'crmId', 'anonymousId'];
const SOURCE_KEYS = ['from', 'as', 'words', 'default'];
const KINDS = ['text', 'number', 'boolean', 'time'];

/** A mapping that comes as JSON, or `BadMapping` with the place in it that is wrong. */
export function checkMapping(json: unknown): MappingJson {
  const map = objectAt('The mapping', json);
  for (const key of Object.keys(map)) must(KEYS.includes(key), key, `left out: there are ${KEYS.join(', ')}`);
  const { name, id, dates, decimal, timezone } = map;
  must(
    name === undefined || (typeof name === 'string' && /^[\w-]{1,64}$/.test(name)),
    'name',
    'letters, digits, - and _',
  );
  checkSource('event', map.event);
  for (const key of ['at', 'channel']) if (map[key] !== undefined) checkSource(key, map[key]);
  must(id === undefined || (Array.isArray(id) && id.length > 0), 'id', 'a list of places');
  if (Array.isArray(id)) for (const [index, one] of id.entries()) checkSource(`id[${index}]`, one);
  for (const key of Object.keys(objectAt('who', map.who ?? {}))) {
    must(WHO.includes(key), `who.${key}`, `left out: there are ${WHO.join(', ')}`);
  }
  for (const group of ['who', 'campaign', 'properties']) checkGroup(group, map[group]);
  must(dates === undefined || ['ymd', 'dmy', 'mdy'].includes(String(dates)), 'dates', 'ymd, dmy or mdy');
  must(decimal === undefined || decimal === '.' || decimal === ',', 'decimal', '"." or ","');
  must(timezone === undefined || typeof timezone === 'string', 'timezone', 'a time zone, e.g. Europe/Paris');
  objectAt('when', map.when ?? {});
  return json as MappingJson;
}

function checkGroup(place: string, value: unknown): void {
  for (const [name, source] of Object.entries(objectAt(place, value ?? {}))) {
    const isEach = typeof source === 'object' && source !== null && 'each' in source;
    if (!isEach) checkSource(`${place}.${name}`, source);
    else {
      must(place === 'properties', `${place}.${name}`, 'one value');
      for (const key of Object.keys(source))
        must(key === 'each' || key === 'item', `${place}.${name}.${key}`, 'left out');
      checkItems(`${place}.${name}.item`, 'item' in source ? source.item : undefined);
    }
  }
}

function checkItems(place: string, item: unknown): void {
  for (const [name, source] of Object.entries(objectAt(place, item))) checkSource(`${place}.${name}`, source);
}

function checkSource(place: string, source: unknown): void {
  if (['string', 'number', 'boolean'].includes(typeof source)) return;
  const fields = objectAt(place, source);
  for (const key of Object.keys(fields)) {
    must(SOURCE_KEYS.includes(key), `${place}.${key}`, `left out: there are ${SOURCE_KEYS.join(', ')}`);
  }
  const places: unknown[] = Array.isArray(fields.from) && fields.from.length ? fields.from : [fields.from];
  must(
    places.every((one) => typeof one === 'string'),
    `${place}.from`,
    'a place, e.g. "$.total"',
  );
  must(fields.as === undefined || KINDS.includes(String(fields.as)), `${place}.as`, KINDS.join(', '));
  if (fields.words !== undefined) objectAt(`${place}.words`, fields.words);
}

function objectAt(place: string, value: unknown): { [key: string]: unknown } {
  must(isObject(value), place, 'an object, or a text');
  return value as { [key: string]: unknown };
}

function must(holds: boolean, place: string, wanted: string): void {
  if (!holds) throw new BadMapping(`${place} must be ${wanted}.`);
}
