import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reportConsent } from '../../src/report/consent.js';
import { reportDelivery } from '../../src/report/delivery.js';
import { showField } from '../../src/report/page/fields.js';
import { speak } from '../../src/report/page/language.js';
import { COLUMNS_FR } from '../../src/report/page/words/columns-fr.js';
import { DEFINITIONS_EN } from '../../src/report/page/words/definitions-en.js';
import { DEFINITIONS_FR } from '../../src/report/page/words/definitions-fr.js';
import { createContext } from '../../src/report/reports.js';
import { memoryStore } from '../../src/stores/memory.js';

const PEOPLE = new URL('../../src/report/people/', import.meta.url);

/** The fields of rows, as their interfaces declare them. */
function declaredFields(): string[] {
  const files = readdirSync(PEOPLE, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const sources = files.map((file) => readFileSync(new URL(file, PEOPLE), 'utf8'));
  return sources.flatMap((source) =>
    [...source.matchAll(/export interface \w*(?:Figures|Row)\b(?! extends)[^{]*\{([\s\S]*?)\n\}/g)].flatMap(
      ([, body = '']) => [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, field = '']) => field),
    ),
  );
}

it('every column that the page can show has a French name', async () => {
  const context = createContext(memoryStore());
  const [{ totals: delivered }, { totals: chosen }] = [await reportDelivery(context), await reportConsent(context)];
  const fields = [...declaredFields(), ...Object.keys({ ...delivered, ...chosen })].filter(
    (field) => !['rows', 'totals', 'reasons'].includes(field),
  );
  expect(fields.length).toBeGreaterThan(100);
  expect([...new Set(fields)].filter((field) => !Object.hasOwn(COLUMNS_FR, field))).toEqual([]);
});

it('values are written as their fields mean them, in both languages', () => {
  const [en, fr] = [speak('en').inCurrency('EUR'), speak('fr').inCurrency('EUR')];
  const interval = { low: 0.125, high: 0.25 };
  // A share where nothing else is said; an amount where the table says so.
  expect(showField(en, 'interval', interval)).toBe('12.5% – 25.0%');
  expect(showField(en, 'interval', interval, { money: ['mean'] })).toBe('€0.13 – €0.25');
  expect(showField(en, 'lifetimeValueInterval', interval)).toBe('€0.13 – €0.25');
  expect(showField(en, 'medianHours', 1.5)).toBe('1 h 30 min');
  expect(showField(en, 'p75', 0.08, { decimals: true })).toBe('0.080');
  expect(showField(en, 'p75', 2300.5, { decimals: true })).toBe('2,300.5');
  expect(showField(fr, 'medianDays', 2.25)).toBe('2 j 06 h');
  expect(showField(fr, 'status', 'island')).toBe('île');
  // Only where the field has such values: a campaign may be called so.
  expect(showField(fr, 'campaign', 'island')).toBe('island');
  expect(showField(fr, 'campaign', 'Paid Search: winter')).toBe('Paid Search: winter');
  expect(showField(fr, 'touchpoint', 'Paid Search: a: b')).toBe('Recherche payante\u00a0: a: b');
  expect(showField(en, 'touchpoint', 'Paid Search: google / winter')).toBe('Paid Search: google / winter');
  expect(showField(fr, 'constructor', 'constructor')).toBe('constructor');
  expect(showField(fr, 'warning', 'only 1 answer')).toBe('une seule réponse');
  // A currency for one answer is none for the next.
  expect(speak('en').money(1)).toBe('1.00');
  expect(en.inCurrency(null).money(1)).toBe('1.00');
});

it('columns are explained in both languages', () => {
  expect(Object.keys(DEFINITIONS_FR).sort()).toEqual(Object.keys(DEFINITIONS_EN).sort());
});

it('a French line never begins with the sign that ends its sentence', () => {
  const sentences = (words: unknown): string[] => {
    if (typeof words === 'string') return [words];
    return typeof words === 'object' && words !== null ? Object.values(words).flatMap(sentences) : [];
  };
  const all = sentences(speak('fr').words);
  expect(all.length).toBeGreaterThan(300);
  expect(all.filter((sentence) => / [:;?!»]|« /.test(sentence))).toEqual([]);
});
