import { expect, it } from 'vitest';
import { noticeFr } from '../../src/report/page/words/notices-fr.js';

it('says in French what reports remark, with their figures, and leaves what it does not know', () => {
  expect(noticeFr('Orders left out because they are not in EUR: 3. Ask for another.')).toBe(
    'Commandes écartées parce qu’elles ne sont pas en EUR\u00a0: 3.',
  );
  expect(noticeFr('Something new.')).toBe('Something new.');
});
