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
  /**
   * Of the delivered, the share that was opened; and with machine opens, as most tools count. What was opened or clicked and is
   * not known to have been delivered (its delivery was never reported, or it bounced) is in no rate of the delivered.
   */
  openRate: number | null;
  openRateWithMachines: number | null;
  /**
   * Clicked something other than the link to unsubscribe. `machineClicks` were clicked only by machines: marked as such, or
   * on different links within two seconds, as scanners do and people cannot.
   */
  clicks: number;
  machineClicks: number;
  /** Of the delivered, the share that was clicked; clicks / opens. */
  clickRate: number | null;
  clickToOpenRate: number | null;
  /** Clicked, and reached the goal within `window` days (7). */
  conversions: number;
  /** Of the delivered, the share that converted; conversions / clicks. */
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
    const groups = grouped(newSums);
    const total = newSums();
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
  /** By a person, as far as one can tell. */
  clickedAt: number | undefined;
  clickedByMachine: boolean;
  converted: boolean;
}

function copiesOf(thread: Way, { head, to }: Scene, windowMs: number): Copy[] {
  const copies = new Map<string, Copy & { clicks: Click[] }>();
  for (const { name, properties, ms } of eventsNamed(thread, ...EVENTS)) {
    const campaign = textIn(properties, 'campaign_name', 'campaign_id', 'campaign');
    const mailing = textIn(properties, 'email_id', 'campaign_id', 'campaign_name', 'email_subject') ?? '(not set)';
    let copy = copies.get(mailing);
    if (!copy) {
      const seen = { names: new Set<string>(), opened: false, openedByMachine: false, converted: false };
      const clicked = { clicks: [], clickedAt: undefined, clickedByMachine: false };
      copy = { mailing, campaign: campaign ?? '(not set)', firstAt: ms, ...seen, ...clicked };
      copies.set(mailing, copy);
    }
    if (campaign !== undefined) copy.campaign = campaign;
    copy.names.add(name);
    const machine = MACHINE.some((flag) => flagIn(properties, flag) === true);
    if (name === 'Email Opened') {
      if (machine) copy.openedByMachine = true;
      else copy.opened = true;
    }
    if (name === 'Email Link Clicked')
      copy.clicks.push({ ms, link: linkOf(properties), machine, unsubscribes: isUnsubscribe(properties) });
  }
  const goals = eventsNamed(thread, head.goal)
    .map(({ ms }) => ms)
    .filter((ms) => ms < to);
  for (const copy of copies.values()) {
    const wanted = copy.clicks.filter(({ unsubscribes }) => !unsubscribes);
    const burst = findBursts(copy.clicks);
    const own = wanted.find((click) => !click.machine && !burst.has(click));
    const clickedAt = own?.ms;
    copy.clickedAt = clickedAt;
    copy.clickedByMachine = !own && wanted.length > 0;
    copy.converted = clickedAt !== undefined && goals.some((ms) => ms >= clickedAt && ms - clickedAt <= windowMs);
  }
  return [...copies.values()];
}

interface Click {
  ms: number;
  /** '' where it is not said. */
  link: string;
  machine: boolean;
  unsubscribes: boolean;
}

const BURST_MS = 2000;

/** The clicks, oldest first, with another link clicked at nearly the same time: before each of them, then after. */
function findBursts(clicks: readonly Click[]): Set<Click> {
  const found = new Set<Click>();
  for (const list of [clicks, [...clicks].reverse()]) {
    // The latest click so far, and the latest on another link than that one.
    let [latest, other]: (Click | undefined)[] = [];
    for (const click of list) {
      if (click.link === '') continue;
      if (latest && latest.link !== click.link) other = latest;
      latest = click;
      if (other && Math.abs(click.ms - other.ms) <= BURST_MS) found.add(click);
    }
  }
  return found;
}

function linkOf(properties: Parameters<typeof textIn>[0]): string {
  return textIn(properties, 'link_url', 'url', 'link_id') ?? '';
}

function isUnsubscribe(properties: Parameters<typeof textIn>[0]): boolean {
  if (flagIn(properties, 'unsubscribe') === true) return true;
  return /unsubscribe|desabonn|désabonn|desinscri|désinscri|opt-?out/i.test(linkOf(properties));
}

const nothing = () => ({
  delivered: 0,
  bounced: 0,
  opens: 0,
  machineOpens: 0,
  clicks: 0,
  machineClicks: 0,
  conversions: 0,
  unsubscribed: 0,
  markedAsSpam: 0,
});

/** Sums over all copies, and over those that were delivered. */
const newSums = () => ({ all: nothing(), delivered: nothing() });

function add({ all, delivered }: ReturnType<typeof newSums>, copy: Copy): void {
  count(all, copy);
  if (wasDelivered(copy)) count(delivered, copy);
}

function wasDelivered({ names }: Copy): boolean {
  return names.has('Email Delivered') && !names.has('Email Bounced');
}

function count(counts: ReturnType<typeof nothing>, copy: Copy): void {
  const { names, opened, openedByMachine, clickedAt, clickedByMachine, converted } = copy;
  if (names.has('Email Bounced')) counts.bounced += 1;
  if (wasDelivered(copy)) counts.delivered += 1;
  if (opened) counts.opens += 1;
  else if (openedByMachine) counts.machineOpens += 1;
  if (clickedAt !== undefined) counts.clicks += 1;
  else if (clickedByMachine) counts.machineClicks += 1;
  if (converted) counts.conversions += 1;
  if (names.has('Unsubscribed')) counts.unsubscribed += 1;
  if (names.has('Email Marked as Spam')) counts.markedAsSpam += 1;
}

function describe({ all, delivered: arrived }: ReturnType<typeof newSums>): EmailFigures {
  const { delivered, bounced, opens, machineOpens, clicks, machineClicks, conversions, unsubscribed, markedAsSpam } =
    all;
  return {
    delivered,
    bounced,
    opens,
    machineOpens,
    openRate: ratio(arrived.opens, delivered),
    openRateWithMachines: ratio(arrived.opens + arrived.machineOpens, delivered),
    clicks,
    machineClicks,
    clickRate: ratio(arrived.clicks, delivered),
    clickToOpenRate: ratio(clicks, opens),
    conversions,
    conversionRate: ratio(arrived.conversions, delivered),
    conversionsPerClick: ratio(conversions, clicks),
    unsubscribed,
    markedAsSpam,
  };
}
