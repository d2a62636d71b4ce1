import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/protocol/index.js';
import { noticeFr } from '../../../src/report/page/words/notices-fr.js';
import { type Deed, MAIL, NOVEMBER, reportsOf } from './crowd.js';

describe('satisfaction', () => {
  const answer = (who: string, kind: string, score: number, channel?: string): Deed => ({
    who,
    at: '4 10:00',
    event: 'Survey Answered',
    properties: { kind, score },
    ...(channel && { channel }),
  });

  it('gives NPS and CSAT by channel with n and intervals', async () => {
    const deeds = [
      { who: 'a', at: '4 09:50', from: MAIL },
      { ...answer('a', 'nps', 9), onSite: true },
      answer('b', 'nps', 10, 'store'),
      answer('c', 'nps', 8, 'store'),
      answer('d', 'nps', 6, 'store'),
      answer('e', 'csat', 4, 'store'),
      answer('f', 'csat', 2, 'store'),
      answer('g', 'csat', 9, 'store'),
    ];
    const { rows, totals } = await (await reportsOf(deeds)).people('satisfaction', NOVEMBER);
    expect(rows.map(({ channel, kind, n, nps, satisfied, mean }) => [channel, kind, n, nps, satisfied, mean])).toEqual([
      ['In-store', 'nps', 3, 0, null, 8],
      ['In-store', 'csat', 2, null, 0.5, 3],
      ['Email', 'nps', 1, 100, null, 9],
    ]);
    expect(totals).toMatchObject({ answers: 6, ignored: 1, ces: null });
    // (2 promoters - 1 detractor) of 4.
    expect(totals.nps).toMatchObject({ nps: 25, promoters: 2, passives: 1, detractors: 1, warning: 'only 4 answers' });
    // Adjusted Wald: p = 2.75/7, d = 1.75/7, difference 1/7; variance (4.5/7 - 1/49)/7.
    const spread = 1.959964 * Math.sqrt((4.5 / 7 - 1 / 49) / 7);
    expect(totals.nps?.npsInterval?.low).toBeCloseTo(100 * (1 / 7 - spread), 6);
    // Wilson for 1 of 2 (published: 0.0945 to 0.9055).
    expect(totals.csat?.satisfiedInterval?.low).toBeCloseTo(0.0945, 4);
    expect(totals.csat?.satisfiedInterval?.high).toBeCloseTo(0.9055, 4);
  });

  it.each<[JsonObject, object]>([
    // 0 to 10 is what the figure is defined on; from 1 to 10 the same answers are promoters and detractors.
    [
      { kind: 'nps', score: 50, scale_min: 0, scale_max: 100 },
      { kind: 'nps', why: 'other-scale' },
    ],
    [
      { kind: 'nps', score: 5, scale_max: 5 },
      { kind: 'nps', why: 'other-scale' },
    ],
    [
      { kind: 'nps', score: 85 },
      { kind: 'nps', why: 'off-scale' },
    ],
    [
      { kind: 'nps', score: 0, scale_min: 1 },
      { kind: 'nps', why: 'off-scale' },
    ],
    [
      { kind: 'nps', score: 'very likely' },
      { kind: 'nps', why: 'no-number' },
    ],
    [{ kind: 'nps' }, { kind: 'nps', why: 'no-number' }],
    [
      { kind: 'csat', score: 9 },
      { kind: 'csat', why: 'off-scale' },
    ],
    [
      { kind: 'csat', score: 3, scale_min: 3, scale_max: 3 },
      { kind: 'csat', why: 'other-scale' },
    ],
    [
      { kind: 'ces', score: [4] },
      { kind: 'ces', why: 'no-number' },
    ],
    [
      { kind: 'smileys', score: 3 },
      { kind: null, why: 'no-kind' },
    ],
    [{ score: 3 }, { kind: null, why: 'no-kind' }],
  ])('counts and names the answer %j, which says nothing', async (properties, expected) => {
    const deeds = [
      { ...answer('a', 'nps', 10), properties: { kind: 'NPS', score: '10', scale_min: 1, scale_max: '10' } },
      { ...answer('b', 'nps', 1), properties },
      { ...answer('c', 'nps', 1), properties },
    ];
    const { totals, leftOut, notices } = await (await reportsOf(deeds)).people('satisfaction', NOVEMBER);
    expect(totals).toMatchObject({ answers: 1, ignored: 2, nps: { n: 1, nps: 100 } });
    expect(leftOut).toEqual([{ ...expected, answers: 2 }]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(/^Answers left out.*: 2\. /);
    // No answer is cited: it may be what somebody wrote.
    expect(notices[0]).not.toContain('very likely');
    expect(noticeFr(notices[0] ?? '')).toMatch(/^Réponses.*écartées\u00a0: 2\. /);
  });

  it('knows nothing of an empty survey', async () => {
    const { rows, totals } = await (await reportsOf([])).people('satisfaction', NOVEMBER);
    expect(rows).toEqual([]);
    expect(totals).toEqual({ answers: 0, ignored: 0, csat: null, nps: null, ces: null });
  });
});
