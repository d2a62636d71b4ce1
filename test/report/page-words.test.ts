import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { reportDelivery } from '../../src/report/delivery.js';
import { COLUMNS_FR } from '../../src/report/page/words/columns-fr.js';
import { DEFINITIONS_EN } from '../../src/report/page/words/definitions-en.js';
import { DEFINITIONS_FR } from '../../src/report/page/words/definitions-fr.js';
import { createContext } from '../../src/report/reports.js';
import { memoryStore } from '../../src/stores/memory.js';

const PEOPLE = new URL('../../src/report/people/', import.meta.url);

/** The fields of rows, as their interfaces declare them. */
function declaredFields(): string[] {
  const sources = readdirSync(PEOPLE).map((file) => readFileSync(new URL(file, PEOPLE), 'utf8'));
  return sources.flatMap((source) =>
    [...source.matchAll(/export interface \w*(?:Figures|Row)\b(?! extends)[^{]*\{([\s\S]*?)\n\}/g)].flatMap(
      ([, body = '']) => [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, field = '']) => field),
    ),
  );
}

it('every column that the page can show has a French name', async () => {
  const { totals } = await reportDelivery(createContext(memoryStore()));
  const fields = [...declaredFields(), ...Object.keys(totals)].filter(
    (field) => !['rows', 'totals', 'reasons'].includes(field),
  );
  expect(fields.length).toBeGreaterThan(100);
  expect([...new Set(fields)].filter((field) => !Object.hasOwn(COLUMNS_FR, field))).toEqual([]);
});

it('columns are explained in both languages', () => {
  expect(Object.keys(DEFINITIONS_FR).sort()).toEqual(Object.keys(DEFINITIONS_EN).sort());
});
