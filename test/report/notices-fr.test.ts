import { expect, it } from 'vitest';
import { noticeFr } from '../../src/report/page/words/notices-fr.js';
import { currencyNotices } from '../../src/report/paths.js';
import { MIXED } from '../../src/report/people/sales.js';

it('says in French what reports remark, with their figures, and leaves what it does not know', () => {
  expect(noticeFr(MIXED)).toMatch(/^Les commandes sont en plusieurs devises/);
  const [several = ''] = currencyNotices(new Set(['EUR', 'CHF']));
  expect(noticeFr(several)).toContain('plusieurs devises (CHF, EUR)');
  expect(noticeFr('3 orders are not in EUR and are left out; ask for another.')).toBe(
    '3 commandes ne sont pas en EUR et sont écartées.',
  );
  expect(noticeFr('Something new.')).toBe('Something new.');
});
