import type { Json } from '../protocol/index.js';
import { BadMapping, type Source } from './mapping-contract.js';
import { compilePath } from './path.js';
import { instantOf, numberOf, textOf } from './webhooks/values.js';

/** Reads a value of an entry; undefined when there is none. */
export type Reader = (entry: unknown) => Json | undefined;

/** How values are written in the other system. */
export interface ValueOptions {
  readTime(text: string): string | undefined;
  decimal: '.' | ',';
}

type Kind = 'text' | 'number' | 'boolean' | 'time' | undefined;

/** Compiles where a value comes from. `kind` is what it must be where the mapping does not say. Throws `BadMapping`. */
export function compileSource(source: Source, place: string, options: ValueOptions, kind?: Kind): Reader {
  if (typeof source !== 'object') return plain(source, place, options, kind);
  const places = typeof source.from === 'string' ? [source.from] : source.from;
  const readers = places.map((from) => plain(from, `${place}.from`, options, undefined));
  const { words, default: fallback } = source;
  const convert = converter(source.as ?? kind, options);
  return (entry) => {
    const found = firstOf(readers, entry);
    const word = textOf(found);
    const known = words && word !== undefined && Object.hasOwn(words, word);
    const value = words && word !== undefined ? (known ? words[word] : words['*']) : found;
    return (value === undefined || value === '' ? undefined : convert(value)) ?? fallback;
  };
}

/**
 * Tells whether an entry has something at a place of numbers that is none; undefined for sources of other kinds. An import
 * must not lose an amount because it was told the wrong decimal sign.
 */
export function doubtOf(source: Source, options: ValueOptions): ((entry: unknown) => boolean) | undefined {
  if (typeof source !== 'object' || source.as !== 'number' || source.words) return undefined;
  const given = compileSource({ from: source.from, as: 'text' }, '', options);
  const read = compileSource({ from: source.from, as: 'number' }, '', options);
  return (entry) => {
    const text = textOf(given(entry))?.trim() ?? '';
    return !/^(-|–|—|n\/?a|null|nan)?$/i.test(text) && read(entry) === undefined;
  };
}

function firstOf(readers: readonly Reader[], entry: unknown): Json | undefined {
  for (const read of readers) {
    const found = read(entry);
    if (found !== undefined) return found;
  }
  return undefined;
}

function plain(source: string | number | boolean, place: string, options: ValueOptions, kind: Kind): Reader {
  if (typeof source !== 'string' || !source.startsWith('$')) return () => source;
  const path = compilePath(source);
  if (!path) throw new BadMapping(`${place} must be a place like "$.name" or "$['a name']".`);
  const convert = converter(kind, options);
  return (entry) => {
    const value = path(entry);
    // An empty cell says nothing.
    return value === undefined || value === null || value === '' ? undefined : convert(value as Json);
  };
}

function converter(kind: Kind, options: ValueOptions): (value: Json) => Json | undefined {
  switch (kind) {
    case 'number':
      return (value) => readNumber(value, options.decimal);
    case 'boolean':
      return readBoolean;
    case 'time':
      return (value) => (typeof value === 'number' ? instantOf(value) : readTime(textOf(value) ?? '', options));
    case 'text':
      return textOf;
    default:
      return (value) => value;
  }
}

/** Digits alone are seconds or milliseconds since 1970. */
function readTime(text: string, { readTime: read }: ValueOptions): string | undefined {
  return /^\d{9,14}$/.test(text) ? instantOf(text) : read(text);
}

/** `1 234,50 €`, `$1,234.50`; `decimal` decides what `1,234` is. `3:12` and `1:03:12` are seconds. */
function readNumber(value: Json, decimal: '.' | ','): number | undefined {
  if (typeof value !== 'string') return numberOf(value);
  if (/^\d+(:[0-5]\d){1,2}$/.test(value.trim()))
    return value.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
  const bare = value.replace(/[\s\u00a0\u202f'’€$£]|EUR$/g, '');
  const sign = decimalSign(bare) ?? decimal;
  const thousands = sign === ',' ? '.' : ',';
  return numberOf(bare.replaceAll(thousands, '').replace(sign, '.'));
}

/** Of numbers that can be meant in one way only: `1.234,50`, `12,5` and `0.75` say it themselves, `1,234` does not. */
function decimalSign(bare: string): '.' | ',' | undefined {
  const [, sign] = /^[-+]?(?:\d{1,3}(?:[.,]\d{3})+|\d+)([.,])(?:\d\d?|\d{4,})$/.exec(bare) ?? [];
  if (sign === '.' || sign === ',') return sign;
  const last = /^[-+]?\d{1,3}(?:([.,])\d{3})+(?!\1)([.,])\d+$/.exec(bare)?.[2];
  return last === '.' || last === ',' ? last : undefined;
}

function readBoolean(value: Json): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = String(value).trim().toLowerCase();
  if (/^(1|true|yes|y|oui|o|vrai)$/.test(text)) return true;
  return /^(0|false|no|n|non|faux)$/.test(text) ? false : undefined;
}
