import { isObject, type Json, type JsonObject } from '../protocol/index.js';

/** Variables by name, as `process.env` has them. */
export interface Environment {
  readonly [name: string]: string | undefined;
}

/**
 * The settings in the text of a JSON file. A text `env:NAME` is replaced by that variable, so that the file needs to hold no
 * secret. Throws a sentence that says what is wrong, and where.
 */
export function parseSettings(text: string, environment: Environment): JsonObject {
  let settings: unknown;
  try {
    settings = JSON.parse(text);
  } catch {
    throw new Error('it is not valid JSON: check commas and quotes.');
  }
  if (!isObject(settings)) throw new Error('it must be a JSON object.');
  return fillObject(settings, environment, '');
}

function fillObject(object: JsonObject, environment: Environment, place: string): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, fill(value, environment, place ? `${place}.${name}` : name)]),
  );
}

function fill(value: Json | undefined, environment: Environment, place: string): Json | undefined {
  if (Array.isArray(value)) return value.map((one, i) => fill(one, environment, `${place}[${i}]`) ?? null);
  if (isObject(value)) return fillObject(value, environment, place);
  if (typeof value !== 'string' || !value.startsWith('env:')) return value;
  const name = value.slice('env:'.length);
  const found = environment[name];
  if (!found) throw new Error(`${place} names the variable ${name}, which is not set: set it, or write the value.`);
  return found;
}
