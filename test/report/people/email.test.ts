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
      machineClicks: 1,
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

  it('takes who clicks several links within seconds for a scanner, which buys nothing', async () => {
    const click = (who: string, at: string, link: string) =>
      mail(who, `2026-11-03T${at}Z`, 'Email Link Clicked', { link_url: `https://shop.example/${link}` });
    const scanned: Deed[] = [
      ...['eve', 'fay', 'gus'].map((who) => mail(who, '3 08:00', 'Email Delivered')),
      // Eve's employer has all links looked at; Fay's, too, and she reads it herself later; Gus clicks one link twice.
      ...[click('eve', '08:00:01', 'a'), click('eve', '08:00:02', 'b'), click('eve', '08:00:02.500', 'unsubscribe')],
      order('eve', '4 10:00', 'e', 10),
      ...[click('fay', '08:00:01', 'a'), click('fay', '08:00:01', 'b'), click('fay', '19:00:00', 'a')],
      ...[click('gus', '09:00:00', 'a'), click('gus', '09:00:01', 'a')],
    ];
    const { totals } = await (await reportsOf(scanned)).people('email', NOVEMBER);
    expect(totals).toMatchObject({ clicks: 2, machineClicks: 1, clickRate: 2 / 3, conversions: 0, unsubscribed: 0 });
  });

  it('has no rate above all: what was opened or clicked without a delivery is in none', async () => {
    const { totals } = await (
      await reportsOf([
        mail('ada', '3 08:00', 'Email Delivered'),
        mail('ada', '3 09:00', 'Email Opened'),
        mail('bob', '3 09:00', 'Email Opened'),
        mail('bob', '3 09:01', 'Email Link Clicked', { link_url: 'https://shop.example/a' }),
        order('bob', '3 10:00', 'b', 10),
        mail('cy', '3 08:00', 'Email Bounced'),
        mail('cy', '3 09:00', 'Email Opened', { machine: true }),
      ])
    ).people('email', NOVEMBER);
    expect(totals).toMatchObject({ delivered: 1, bounced: 1, opens: 2, machineOpens: 1, clicks: 1, conversions: 1 });
    expect(totals).toMatchObject({ openRate: 1, openRateWithMachines: 1, clickRate: 0, conversionRate: 0 });
    expect(totals).toMatchObject({ clickToOpenRate: 0.5, conversionsPerClick: 1 });
  });

  it('an old mail that is opened in the period is none of the period', async () => {
    const mail = (at: string, event: string): Deed => ({ who: 'a', at, event, properties: { email_id: 'welcome' } });
    const reports = await reportsOf([mail('2026-08-01T08:00:00Z', 'Email Delivered'), mail('3 08:00', 'Email Opened')]);
    expect((await reports.people('email', NOVEMBER)).totals).toMatchObject({ delivered: 0, opens: 0, openRate: null });
  });
});
