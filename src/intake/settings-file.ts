import { isObject, type JsonObject } from '../protocol/index.js';
import { type Environment, parseSettings } from '../receiver/settings-file.js';
import { readCountry } from '../stores/persons/phone.js';
import { createWebhook, type WebhookSettings } from './services.js';
import type { IntakeSettings } from './settings.js';

/** Settings from the text of a JSON file (`parseSettings`). Throws with a sentence that names the field. */
export function readIntakeSettings(text: string, environment: Environment): IntakeSettings {
  const { publicUrl, country, links, webhooks, ...others } = parseSettings(text, environment);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new Error(`"${unknown}" is not known; there are publicUrl, country, links, webhooks.`);
  return {
    ...(publicUrl !== undefined && { publicUrl: readUrl('publicUrl', publicUrl).replace(/\/+$/, '') }),
    ...(country !== undefined && { country: readCountry(String(country)) }),
    ...(links !== undefined && { links: readLinks(objectAt('links', links)) }),
    ...(webhooks !== undefined && { webhooks: readWebhooks(objectAt('webhooks', webhooks)) }),
  };
}

function readLinks({ fallback, recipient, secrets, ...others }: JsonObject): NonNullable<IntakeSettings['links']> {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new Error(`links.${unknown} is not known; there are fallback, recipient, secrets.`);
  if (recipient !== undefined && recipient !== 'signed' && recipient !== 'never') {
    throw new Error('links.recipient must be "signed" or "never".');
  }
  const isList = Array.isArray(secrets) && secrets.every((one) => typeof one === 'string');
  if (secrets !== undefined && !isList) throw new Error('links.secrets must be a list of texts.');
  return {
    ...(fallback !== undefined && { fallback: readUrl('links.fallback', fallback) }),
    ...(recipient !== undefined && { recipient }),
    ...(isList && { secrets }),
  };
}

function readWebhooks(webhooks: JsonObject): { [name: string]: WebhookSettings } {
  return Object.fromEntries(
    Object.entries(webhooks).map(([name, settings]) => {
      if (!/^[\w-]{1,64}$/.test(name)) throw new Error(`webhooks: a name has letters, digits, - and _, not "${name}".`);
      const fields = objectAt(`webhooks.${name}`, settings);
      // Made and thrown away: what is wrong with it should be said before anything is started.
      createWebhook(name, fields);
      return [name, fields];
    }),
  );
}

function readUrl(field: string, value: unknown): string {
  if (typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value)) return value;
  throw new Error(`${field} must be an address, e.g. https://c.shop.example.`);
}

function objectAt(place: string, value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw new Error(`${place} must be a JSON object.`);
}
