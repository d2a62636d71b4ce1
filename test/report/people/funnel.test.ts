import { describe, expect, it } from 'vitest';
import { noticeFr } from '../../../src/report/page/words/notices-fr.js';
import { AD, type Deed, MAIL, NOVEMBER, order, reportsOf } from './crowd.js';

describe('funnel', () => {
  it('takes a step that is named twice for something that was done twice', async () => {
    const add = (who: string, at: string): Deed => ({ who, at, event: 'Product Added', onSite: true });
    const reports = await reportsOf([add('a', '1 10:00'), add('a', '1 10:01'), add('b', '1 10:00')]);
    const { totals } = await reports.people('funnel', { ...NOVEMBER, steps: ['Product Added', 'Product Added'] });
    expect(totals).toMatchObject({ people: 2, completed: 1 });
  });

  const step = (who: string, at: string, event: string): Deed => ({ who, at, event, onSite: true });
  // Five come; four view; four add; one checks out (the planted bad step); one orders.
  const deeds: Deed[] = ['a', 'b', 'c', 'd', 'e'].flatMap((who, i): Deed[] => [
    { who, at: '3 10:00', from: i < 3 ? AD : MAIL },
    ...(i < 4 ? [step(who, '3 10:01', 'Product Viewed'), step(who, '3 10:04', 'Product Added')] : []),
    ...(i < 1 ? [step(who, '3 11:04', 'Checkout Started'), order(who, '3 11:10', 'o', 10, { onSite: true })] : []),
  ]);

  it('finds the bad step, by channel too', async () => {
    const reports = await reportsOf(deeds);
    const { rows, totals, worst } = await reports.people('funnel', NOVEMBER);
    expect(rows.map(({ event, people, dropped }) => [event, people, dropped])).toEqual([
      ['Visit', 5, 0],
      ['Product Viewed', 4, 1],
      ['Product Added', 4, 0],
      ['Checkout Started', 1, 3],
      ['Order Completed', 1, 0],
    ]);
    expect(totals).toEqual({ people: 5, completed: 1, completion: 0.2 });
    expect(worst[0]).toEqual({ step: 4, event: 'Checkout Started', dropOff: 0.75, dropped: 3 });
    expect(rows[3]?.medianHours).toBe(1);
    const byChannel = await reports.people('funnel', { ...NOVEMBER, by: 'channel', steps: ['Visit', 'Product Added'] });
    expect(byChannel.rows.map(({ channel, step: n, people }) => [channel, n, people])).toEqual([
      ['Email', 1, 2],
      ['Email', 2, 1],
      ['Paid Search', 1, 3],
      ['Paid Search', 2, 3],
    ]);
  });

  it('leaves out usual steps that nobody sent, and says of named ones that nobody can come past them', async () => {
    const reports = await reportsOf(deeds.filter(({ event }) => event !== 'Product Viewed'));
    const usual = await reports.people('funnel', NOVEMBER);
    expect(usual.rows.map(({ step: n, event, people }) => [n, event, people])).toEqual([
      [1, 'Visit', 5],
      [2, 'Product Added', 4],
      [3, 'Checkout Started', 1],
      [4, 'Order Completed', 1],
    ]);
    expect(usual).toMatchObject({ unseen: [], notices: [], totals: { people: 5, completed: 1 } });
    const named = await reports.people('funnel', { ...NOVEMBER, steps: ['Visit', 'Product_Added', 'Order Completed'] });
    expect(named).toMatchObject({ unseen: ['Product_Added'], totals: { people: 5, completed: 0 } });
    expect(named.notices).toEqual(['Nobody sent "Product_Added" in this period, so nobody can come past that step.']);
    expect(noticeFr(named.notices[0] ?? '')).toMatch(/^Personne n’a envoyé «\u00a0Product_Added\u00a0»/);
    // Where there is none at all, all usual steps stand there.
    const nobody = await (await reportsOf([])).people('funnel', NOVEMBER);
    expect(nobody.rows).toHaveLength(5);
    expect(nobody.notices).toHaveLength(4);
  });

  it('wants the order of the steps, and takes the run that got furthest', async () => {
    const back = [
      step('a', '3 10:00', 'B'),
      step('a', '3 10:01', 'A'),
      step('a', '8 10:00', 'A'),
      step('a', '8 10:01', 'B'),
    ];
    const reports = await reportsOf(back);
    const query = { ...NOVEMBER, steps: ['A', 'B'] };
    expect((await reports.people('funnel', { ...query, windowDays: 1 })).totals).toMatchObject({
      people: 1,
      completed: 1,
    });
    expect((await reportsOf(back.slice(0, 2)).then((one) => one.people('funnel', query))).totals.completed).toBe(0);
    await expect(reports.people('funnel', { ...query, steps: ['A'] })).rejects.toThrow('"steps"');
  });
});
