import type { Thread } from '../../stores/contract.js';
import { roundTo } from '../apportion.js';
import { chooseCurrency, countCurrencies } from '../currency.js';
import type { PeopleQuery } from '../people/read/scene.js';
import { createLabels, type Labels } from '../people/read/store-labels.js';
import { type ReportContext, readCommon } from '../query.js';
import type { ExportColumn, ExportRow } from './tables.js';

/** Columns of `persons`. */
export const PERSON_COLUMNS: readonly ExportColumn[] = [
  ['person', 'VARCHAR', 'key of the person: the user id, else the device'],
  ['identified', 'BOOLEAN', 'a user id is known'],
  ['first_seen', 'TIMESTAMPTZ', 'of all time'],
  ['last_seen', 'TIMESTAMPTZ', 'of all time'],
  ['sessions', 'BIGINT', 'in the period'],
  ['page_views', 'BIGINT', 'in the period'],
  ['devices', 'BIGINT', 'seen in the period'],
  ['conversions', 'BIGINT', 'of the goal in the period; each order once, as in all reports'],
  ['revenue', 'DOUBLE', 'their amounts by the latest update, in the currency below'],
  ['first_channel', 'VARCHAR', 'of the first session in the period'],
  ['last_channel', 'VARCHAR', 'of the last session in the period'],
  ['currency', 'VARCHAR', 'of the revenue: that of the owner, else that of most of their conversions'],
  ['other_amounts', 'JSON', 'amounts in other currencies by code, which revenue leaves out'],
];

/** Everybody who did something in the period. */
export async function* personRows(context: ReportContext, query: PeopleQuery): AsyncGenerator<ExportRow> {
  const sales = await salesOf(context, query);
  for await (const { thread, labels } of threadsOf(context, query)) {
    const { visits } = thread;
    const goals = thread.events.flatMap(({ messageId }) => sales.get(messageId) ?? []);
    const [first, last] = [visits[0], visits.at(-1)];
    const { revenue, currency, others } = earned(goals, context.currency);
    yield {
      person: thread.person,
      identified: thread.identified,
      first_seen: thread.firstSeen,
      last_seen: thread.lastSeen,
      sessions: visits.length,
      page_views: visits.reduce((sum, { pageViews }) => sum + pageViews, 0),
      devices: new Set(visits.map(({ device }) => device)).size,
      conversions: goals.length,
      revenue,
      first_channel: first ? labels.of(first.sourceKey, 'channel').label : null,
      last_channel: last ? labels.of(last.sourceKey, 'channel').label : null,
      currency,
      other_amounts: others,
    };
  }
}

interface Sale {
  value: number;
  currency: string;
}

/**
 * What each conversion of the period brought, by the message that counts for it: repeats and updates are settled by the
 * store.
 */
async function salesOf(context: ReportContext, query: PeopleQuery): Promise<ReadonlyMap<string, Sale>> {
  const { from, to, goal, bots } = readCommon(query, context);
  const sales = new Map<string, Sale>();
  for await (const journey of context.store.journeys({ from, to, goal, bots, lookbackDays: 1, kinds: [] })) {
    const { messageId, value, currency = context.currency ?? '' } = journey;
    sales.set(messageId, { value, currency });
  }
  return sales;
}

function earned(sales: readonly Sale[], home: string | undefined) {
  const { add, seen } = countCurrencies();
  const sums = new Map<string, number>();
  for (const { value, currency } of sales) {
    if (currency || value) add(currency);
    sums.set(currency, (sums.get(currency) ?? 0) + value);
  }
  const { currency, counts } = chooseCurrency(seen, { home });
  const sum = (amounts: readonly number[]) =>
    roundTo(
      amounts.reduce((all, one) => all + one, 0),
      4,
    );
  const others = [...sums].filter(([named, amount]) => amount !== 0 && !counts(named)).sort();
  return {
    revenue: sum([...sums].flatMap(([named, amount]) => (counts(named) ? amount : []))),
    currency,
    others: others.length > 0 ? JSON.stringify(Object.fromEntries(others)) : null,
  };
}

/** Columns of `touches`. */
export const TOUCH_COLUMNS: readonly ExportColumn[] = [
  ['person', 'VARCHAR', 'key of the person'],
  ['at', 'TIMESTAMPTZ', 'when'],
  ['kind', 'VARCHAR', 'visit, click, view, contact'],
  ['channel', 'VARCHAR', 'by the channel rules of today'],
  ['source', 'VARCHAR', 'where from'],
  ['medium', 'VARCHAR', 'source / medium'],
  ['campaign', 'VARCHAR', 'name of the campaign'],
  ['counts', 'BOOLEAN', 'false for returns from payment and login pages'],
  ['rules_version', 'VARCHAR', 'state of the channel rules'],
];

/** Every touch of the period. */
export async function* touchRows(context: ReportContext, query: PeopleQuery): AsyncGenerator<ExportRow> {
  const { rulesVersion } = context.channels;
  for await (const { thread, labels } of threadsOf(context, query)) {
    for (const { at, kind = 'visit', sourceKey } of thread.touches) {
      const { label: channel, detour } = labels.of(sourceKey, 'channel');
      yield {
        person: thread.person,
        at,
        kind,
        channel,
        ...origin(labels, sourceKey),
        counts: !detour,
        rules_version: rulesVersion,
      };
    }
  }
}

/** Source, medium and campaign of a touch. */
export function origin(labels: Labels, sourceKey: string): { source: string; medium: string; campaign: string } {
  return {
    source: labels.of(sourceKey, 'source').label,
    medium: labels.of(sourceKey, 'medium').label,
    campaign: labels.of(sourceKey, 'campaign').label,
  };
}

async function* threadsOf(
  context: ReportContext,
  query: PeopleQuery,
): AsyncGenerator<{ thread: Thread; labels: Labels }> {
  const { from, to, goal, bots } = readCommon(query, context);
  const labels = createLabels(context, { from, to, goal, bots: true }, 'channel');
  await labels.learn();
  for await (const thread of context.store.threads({ from, to, events: [goal], bots })) {
    if (labels.misses([...thread.visits, ...thread.touches].map(({ sourceKey }) => sourceKey))) await labels.learn();
    yield { thread, labels };
  }
}
