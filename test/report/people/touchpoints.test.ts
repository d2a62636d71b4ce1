import { describe, expect, it } from 'vitest';
import { AD, type Deed, MAIL, NOVEMBER, order, reportsOf, SOCIAL } from './crowd.js';

describe('touchpoints', () => {
  it('reports what is declared and silent, and islands', async () => {
    const deeds: Deed[] = [
      { who: 'a', user: 'ada', at: '1 10:00', from: AD },
      { who: 'a', user: 'ada', at: '2 10:00', from: MAIL },
      order('a', '2 10:05', '1', 10, { onSite: true }),
      { who: 'z', at: '1 10:00', from: SOCIAL },
    ];
    const declared = ['google / cpc', 'Email', 'facebook / social', 'Print / QR'];
    const { rows, totals } = await (await reportsOf(deeds)).people('touchpoints', {
      ...NOVEMBER,
      by: 'medium',
      declared,
    });
    expect(rows.map(({ touchpoint, status, opener, closer }) => [touchpoint, status, opener, closer])).toEqual([
      ['facebook / social', 'island', 0, 0],
      ['google / cpc', 'seen', 1, 0],
      ['letter / email', 'seen', 0, 1],
      ['Print / QR', 'silent', 0, 0],
    ]);
    expect(totals).toEqual({ touchpoints: 4, seen: 3, silent: 1, islands: 1, touches: 3, people: 2 });
  });
});
