import { describe, expect, it } from 'vitest';
import { AD, type Deed, NOVEMBER, order, reportsOf } from './crowd.js';

/** An imported figure about November that was sent in December. */
const imported = (event: string, properties: Deed['properties']): Deed => ({
  who: 'import',
  at: '2026-12-05T10:00:00Z',
  event,
  properties: { date: '2026-11-02', ...properties },
});

describe('imports are of the day that they name, whenever they were sent', () => {
  const deeds: Deed[] = [
    { who: 'a', at: '2 10:00', from: AD },
    order('a', '3 10:00', '1', 100),
    imported('Ad Cost Imported', { channel: 'Paid Search', cost: 20, currency: 'EUR', impressions: 1000 }),
    imported('Social Metric Imported', { network: 'instagram', metric: 'followers', value: 7 }),
  ];

  it.each([undefined, 'customers', 'channel:Email'])('in the segment %s: costs are nobody’s', async (segment) => {
    const reports = await reportsOf(deeds, { now: () => new Date('2026-12-31T00:00:00Z') });
    const { totals } = await reports.people('ads', { ...NOVEMBER, segment });
    expect(totals).toMatchObject({ cost: 20, impressions: 1000, conversions: segment === 'channel:Email' ? 0 : 1 });
    const awareness = await reports.people('awareness', { ...NOVEMBER, segment });
    expect(awareness.totals.importedImpressions).toBe(1000);
    const gauges = await reports.people('gauges', { ...NOVEMBER, segment });
    expect(gauges.rows).toMatchObject([{ value: 7, day: '2026-11-02' }]);
    // Nor do they count twice, or on the day on which they were sent.
    const december = { from: '2026-12-01', to: '2026-12-31', segment };
    expect((await reports.people('ads', december)).totals.cost).toBe(0);
  });
});
