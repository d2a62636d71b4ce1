import type { Thread } from '../../stores/contract.js';
import { amountIn, eventsNamed } from '../people/facts.js';
import { createLabels, type Labels, type PeopleQuery } from '../people/scene.js';
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
  ['conversions', 'BIGINT', 'goal events in the period, as reported'],
  ['revenue', 'DOUBLE', 'their amounts, whatever the currency'],
  ['first_channel', 'VARCHAR', 'of the first session in the period'],
  ['last_channel', 'VARCHAR', 'of the last session in the period'],
];

/** Everybody who did something in the period. */
export async function* personRows(context: ReportContext, query: PeopleQuery): AsyncGenerator<ExportRow> {
  for await (const { thread, labels, goal } of threadsOf(context, query)) {
    const { visits } = thread;
    const goals = eventsNamed(thread, goal);
    const [first, last] = [visits[0], visits.at(-1)];
    yield {
      person: thread.person,
      identified: thread.identified,
      first_seen: thread.firstSeen,
      last_seen: thread.lastSeen,
      sessions: visits.length,
      page_views: visits.reduce((sum, { pageViews }) => sum + pageViews, 0),
      devices: new Set(visits.map(({ device }) => device)).size,
      conversions: goals.length,
      revenue: goals.reduce((sum, { properties }) => sum + (amountIn(properties) ?? 0), 0),
      first_channel: first ? labels.of(first.sourceKey, 'channel').label : null,
      last_channel: last ? labels.of(last.sourceKey, 'channel').label : null,
    };
  }
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
): AsyncGenerator<{ thread: Thread; labels: Labels; goal: string }> {
  const { from, to, goal, bots } = readCommon(query, context);
  const labels = createLabels(context, { from, to, goal, bots: true }, 'channel');
  await labels.learn();
  for await (const thread of context.store.threads({ from, to, events: [goal], bots })) {
    if (labels.misses(thread.visits) || labels.misses(thread.touches)) await labels.learn();
    yield { thread, labels, goal };
  }
}
