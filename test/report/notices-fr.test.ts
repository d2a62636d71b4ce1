import { expect, it } from 'vitest';
import { noticeEn } from '../../src/report/page/words/notices-en.js';
import { noticeFr } from '../../src/report/page/words/notices-fr.js';

it('says in French what reports remark, with their figures, and leaves what it does not know', () => {
  expect(noticeFr('Orders left out because they are not in EUR: 3. Ask for another.')).toBe(
    'Commandes écartées parce qu’elles ne sont pas en EUR\u00a0: 3.',
  );
  expect(noticeFr('Orders without a "total", "revenue" or "value" that is a number: 2. They count …')).toContain(
    '\u00a0: 2. Elles comptent',
  );
  expect(noticeFr('Orders left out because they are not in a known currency: 3. Ask for another.')).toContain(
    'en une devise connue\u00a0: 3.',
  );
  expect(noticeFr('Something new.')).toBe('Something new.');
});

it('says on the page nothing of parameters, which its readers do not write', () => {
  expect(
    noticeEn('Orders left out because they are not in EUR: 3. Ask for another with the parameter "currency".'),
  ).toBe('Orders left out because they are not in EUR: 3.');
});
