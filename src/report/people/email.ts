import { DAY_MS } from '../../protocol/time.js';
import { oneOf } from '../query.js';
import { eventsNamed, flagIn, grouped, ratio, textIn } from './read/facts.js';
import { type PeopleReport, readDays, type Scene } from './read/scene.js';
import type { Way } from './read/way.js';

/** How mails can be grouped. */
const EMAIL_GROUPS = ['campaign', 'email', 'total'] as const;

/** Counts are of recipients of a mailing: one person who got two mailings counts twice, however often they opened. */
export interface EmailFigures {
  /** Email Delivered and not bounced. */
  delivered: number;
  bounced: number;
  /** Opened by a person; `machineOpens` were opened only by machines (Apple's mail privacy, scanners). */
  opens: number;
  machineOpens: number;
  /** opens / delivered, and with machine opens, as most tools count. */
  openRate: number | null;
  openRateWithMachines: number | null;
  /** Clicked something other than the link to unsubscribe; clicks marked as a machine's are not counted. */
  clicks: number;
  /** clicks / delivered, clicks / opens. */
  clickRate: number | null;
  clickToOpenRate: number | null;
  /** Clicked, and reached the goal within `window` days (7). */
  conversions: number;
  /** conversions / delivered, conversions / clicks. */
  conversionRate: number | null;
  conversionsPerClick: number | null;
  unsubscribed: number;
  markedAsSpam: number;
}

/** What `email` answers besides its heading. */
export interface EmailReport {
  by: string;
  windowDays: number;
  rows: ({ [group: string]: unknown } & EmailFigures)[];
  totals: EmailFigures;
}

const EVENTS = [
  'Email Delivered',
  'Email Bounced',
  'Email Opened',
  'Email Link Clicked',
  'Email Marked as Spam',
  'Unsubscribed',
] as const;

/** An old mail that is opened in the period must not pass for one of the period: its delivery has to be found. */
const READ_DAYS = 365;

/** E-mail by campaign: delivered, opened (machines apart), clicked, converted. A mailing belongs to the period of its delivery. */
export const email: PeopleReport<EmailReport> = {
  name: 'email',
  // Machine opens are marked as automated: they must come to be told apart.
  plan: (_, { goal }) => ({ events: [...EVENTS, goal], only: 'asked', days: READ_DAYS, bots: true }),
  tally(scene, query) {
    const by = oneOf('by', query.by, EMAIL_GROUPS);
    const windowDays = readDays('window', query.windowDays, 7);
    const groups = grouped(nothing);
    const total = nothing();
    return {
      add(thread) {
        for (const copy of copiesOf(thread, scene, windowDays * DAY_MS)) {
          if (copy.firstAt < scene.from || copy.firstAt >= scene.to) continue;
          add(total, copy);
          if (by !== 'total') add(groups.of(by === 'campaign' ? copy.campaign : copy.mailing), copy);
        }
      },
      result: () => ({
        by,
        windowDays,
        rows:
          by === 'total'
            ? [{ ...describe(total) }]
            : groups
                .entries()
                .map(([name, counts]) => ({ [by]: name, ...describe(counts) }))
                .sort((a, b) => b.delivered - a.delivered || b.clicks - a.clicks),
        totals: describe(total),
      }),
    };
  },
};

/** What doors and mail services call it when no person was at work. */
const MACHINE = ['machine', 'automated', 'machine_open', 'is_machine', 'bot'];

/** What became of one mailing at one recipient. */
interface Copy {
  mailing: string;
  campaign: string;
  /** When it was delivered, or the first that is known of it. */
  firstAt: number;
  names: Set<string>;
  opened: boolean;
  openedByMachine: boolean;
  clickedAt: number | undefined;
  converted: boolean;
}

function copiesOf(thread: Way, { head, to }: Scene, windowMs: number): Copy[] {
  const copies = new Map<string, Copy>();
  for (const { name, properties, ms } of eventsNamed(thread, ...EVENTS)) {
    const campaign = textIn(properties, 'campaign_name', 'campaign_id', 'campaign');
    const mailing = textIn(properties, 'email_id', 'campaign_id', 'campaign_name', 'email_subject') ?? '(not set)';
    let copy = copies.get(mailing);
    if (!copy) {
      const fresh = { opened: false, openedByMachine: false, clickedAt: undefined, converted: false };
      copy = { mailing, campaign: campaign ?? '(not set)', firstAt: ms, names: new Set(), ...fresh };
      copies.set(mailing, copy);
    }
    if (campaign !== undefined) copy.campaign = campaign;
    copy.names.add(name);
    const machine = MACHINE.some((flag) => flagIn(properties, flag) === true);
    if (name === 'Email Opened') {
      if (machine) copy.openedByMachine = true;
      else copy.opened = true;
    }
    if (name === 'Email Link Clicked' && !machine && !isUnsubscribe(properties)) copy.clickedAt ??= ms;
  }
  const goals = eventsNamed(thread, head.goal)
    .map(({ ms }) => ms)
    .filter((ms) => ms < to);
  for (const copy of copies.values()) {
    const { clickedAt } = copy;
    copy.converted = clickedAt !== undefined && goals.some((ms) => ms >= clickedAt && ms - clickedAt <= windowMs);
  }
  return [...copies.values()];
}

function isUnsubscribe(properties: Parameters<typeof textIn>[0]): boolean {
  if (flagIn(properties, 'unsubscribe') === true) return true;
  return /unsubscribe|desabonn|désabonn|desinscri|désinscri|opt-?out/i.test(
    textIn(properties, 'link_url', 'url', 'link_id') ?? '',
  );
}

const nothing = () => ({
  delivered: 0,
  bounced: 0,
  opens: 0,
  machineOpens: 0,
  clicks: 0,
  conversions: 0,
  unsubscribed: 0,
  markedAsSpam: 0,
});

function add(counts: ReturnType<typeof nothing>, { names, opened, openedByMachine, clickedAt, converted }: Copy): void {
  const bounced = names.has('Email Bounced');
  if (bounced) counts.bounced += 1;
  else if (names.has('Email Delivered')) counts.delivered += 1;
  if (opened) counts.opens += 1;
  else if (openedByMachine) counts.machineOpens += 1;
  if (clickedAt !== undefined) counts.clicks += 1;
  if (converted) counts.conversions += 1;
  if (names.has('Unsubscribed')) counts.unsubscribed += 1;
  if (names.has('Email Marked as Spam')) counts.markedAsSpam += 1;
}

function describe(counts: ReturnType<typeof nothing>): EmailFigures {
  const { delivered, bounced, opens, machineOpens, clicks, conversions, unsubscribed, markedAsSpam } = counts;
  return {
    delivered,
    bounced,
    opens,
    machineOpens,
    openRate: ratio(opens, delivered),
    openRateWithMachines: ratio(opens + machineOpens, delivered),
    clicks,
    clickRate: ratio(clicks, delivered),
    clickToOpenRate: ratio(clicks, opens),
    conversions,
    conversionRate: ratio(conversions, delivered),
    conversionsPerClick: ratio(conversions, clicks),
    unsubscribed,
    markedAsSpam,
  };
}
