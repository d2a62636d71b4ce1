import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { externalId, hashContact, nameAsked, nameIdentifier, readName } from '../../src/stores/persons/identifiers.js';
import { readCountry } from '../../src/stores/persons/phone.js';

const options = { pepper: 'p' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('an e-mail address meets its own plain SHA-256 and its own key, whatever the case and space', () => {
  const key = externalId('email', ' Ann@Example.com ', options);
  expect(key).toEqual({
    id: expect.stringMatching(/^[\w-]{43}$/),
    type: 'email_hash',
    collection: 'users',
    encoding: 'hmac-sha256',
  });
  expect(externalId('email', sha256('ann@example.com').toUpperCase(), options)).toEqual(key);
  expect(externalId('email_hash', key?.id ?? '', options)).toEqual(key);
  expect(externalId('email', 'ann@example.com', { pepper: 'q' })?.id).not.toBe(key?.id);
  // Dots and plus signs are part of the address: providers differ in what they ignore.
  expect(externalId('email', 'a.nn@example.com', options)?.id).not.toBe(key?.id);
});

test('a phone number is read as E.164; without a country code only with a default country', () => {
  const key = hashContact('phone', '+33 6 12 34 56 78', options);
  expect(key).toMatch(/^[\w-]{43}$/);
  expect(hashContact('phone', '06 12 34 56 78', { ...options, country: readCountry('fr') })).toBe(key);
  expect(hashContact('phone', sha256('+33612345678'), options)).toBe(key);
  expect(hashContact('phone', '06 12 34 56 78', options)).toBeUndefined();
  expect(() => readCountry('France')).toThrow('two letters');
});

test.each([
  ['email', 'null'],
  ['email', 'no address'],
  ['email', 'TEST@test.com'],
  ['email', sha256('')],
  ['phone', '0000000'],
  ['loyalty_id', '0'],
  ['loyalty_id', 'x'.repeat(257)],
  ['gclid', 'abcdef'],
  ['android.push_token', 'abcdef'],
  ['constructor', 'abcdef'],
])('%s %j joins nobody', (type, value) => {
  expect(externalId(type, value, options)).toBeUndefined();
});

test('names say their type, and can be asked for in the clear', () => {
  const loyalty = externalId('loyaltyId', ' 47:11 ', options);
  expect(loyalty && nameIdentifier(loyalty)).toBe('loyalty_id:47:11');
  expect(readName('loyalty_id:47:11')).toEqual({ type: 'loyalty_id', value: '47:11' });
  for (const name of ['ann', 'userId:ann', 'email:ann', 'mailto:ann', ':']) expect(readName(name)).toBeUndefined();
  expect(nameAsked('email:Ann@example.com', options)).toBe(
    `email_hash:${hashContact('email', 'ann@example.com', options)}`,
  );
  for (const name of ['ann', 'email:nobody', 'loyalty_id:1']) expect(nameAsked(name, options)).toBe(name);
});
