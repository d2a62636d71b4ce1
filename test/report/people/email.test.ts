import { describe, expect, it } from 'vitest';
import { type Deed, NOVEMBER, order, reportsOf } from './crowd.js';

const mail = (who: string, at: string, event: string, properties: Deed['properties'] = {}): Deed => ({
  who,
  at,
  event,
  properties: { email_id: 'w45', campaign_name: 'weekly', ...properties },
});

describe('email', () => {
  // Ada opened twice and clicked, then bought; Bob's machine opened; Cy clicked only to unsubscribe; Dan's bounced.
  const deeds: Deed[] = [
    ...['ada', 'bob', 'cy', 'dan'].map((who) => mail(who, '3 08:00', 'Email Delivered')),
    mail('dan', '3 08:01', 'Email Bounced'),
    mail('ada', '3 09:00', 'Email Opened'),
    mail('ada', '3 12:00', 'Email Opened'),
    mail('ada', '3 12:01', 'Email Link Clicked', { link_url: 'https://shop.example/winter' }),
    order('ada', '5 10:00', 'a', 10),
    mail('bob', '3 08:00', 'Email Opened', { machine: true }),
    mail('bob', '3 08:01', 'Email Link Clicked', { automated: true }),
    mail('cy', '3 10:00', 'Email Opened'),
    mail('cy', '3 10:01', 'Email Link Clicked', { link_url: 'https://mail.example/unsubscribe?x=1' }),
    mail('cy', '3 10:02', 'Unsubscribed'),
  ];

  it('counts recipients, machines apart', async () => {
    const { rows, totals } = await (await reportsOf(deeds)).people('email', NOVEMBER);
    expect(totals).toEqual({
      delivered: 3,
      bounced: 1,
      opens: 2,
      machineOpens: 1,
      openRate: 2 / 3,
      openRateWithMachines: 1,
      clicks: 1,
      clickRate: 1 / 3,
      clickToOpenRate: 0.5,
      conversions: 1,
      conversionRate: 1 / 3,
      conversionsPerClick: 1,
      unsubscribed: 1,
      markedAsSpam: 0,
    });
    expect(rows).toEqual([{ campaign: 'weekly', ...totals }]);
  });

  it('has no rate without deliveries', async () => {
    const { totals } = await (await reportsOf([mail('a', '3 09:00', 'Email Opened')])).people('email', NOVEMBER);
    expect(totals).toMatchObject({ opens: 1, openRate: null, clickRate: null, clickToOpenRate: 0 });
  });

  it('an old mail that is opened in the period is none of the period', async () => {
    const mail = (at: string, event: string): Deed => ({ who: 'a', at, event, properties: { email_id: 'welcome' } });
    const reports = await reportsOf([mail('2026-08-01T08:00:00Z', 'Email Delivered'), mail('3 08:00', 'Email Opened')]);
    expect((await reports.people('email', NOVEMBER)).totals).toMatchObject({ delivered: 0, opens: 0, openRate: null });
  });
});
