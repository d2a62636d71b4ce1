import type { StoredEvent } from '../../stores/contract.js';
import { objectOf, textOf } from '../../stores/loose.js';
import { pageFacts } from '../../stores/stamp/page-facts.js';
import type { PeopleQuery } from '../people/read/scene.js';
import { type ReportContext, readCommon } from '../query.js';
import type { ExportColumn, ExportRow } from './tables.js';

/** Columns of `events`. */
export const EVENT_COLUMNS: readonly ExportColumn[] = [
  ['message_id', 'VARCHAR', 'id of the event; one row each'],
  ['type', 'VARCHAR', 'track, page, screen, identify, group, alias'],
  ['event', 'VARCHAR', 'name of a track call'],
  ['timestamp', 'TIMESTAMPTZ', 'when it happened, corrected for the skew of the clock'],
  ['received_at', 'TIMESTAMPTZ', 'when the receiver took it'],
  ['anonymous_id', 'VARCHAR', 'device'],
  ['user_id', 'VARCHAR', 'login, where known'],
  ['session_id', 'VARCHAR', 'session by the client'],
  ['channel', 'VARCHAR', 'context.channel'],
  ['url', 'VARCHAR', 'page, without campaign parameters'],
  ['path', 'VARCHAR', 'path of the page'],
  ['referrer', 'VARCHAR', 'page before it'],
  ['campaign_source', 'VARCHAR', 'utm_source'],
  ['campaign_medium', 'VARCHAR', 'utm_medium'],
  ['campaign_name', 'VARCHAR', 'utm_campaign'],
  ['properties', 'JSON', 'as sent'],
  ['traits', 'JSON', 'as sent with identify and group'],
  ['context', 'JSON', 'as sent'],
];

/** Every stored event of the period, in the order of arrival. */
export async function* eventRows(context: ReportContext, query: PeopleQuery): AsyncGenerator<ExportRow> {
  const { from, to } = readCommon(query, context);
  const { knownAt } = context;
  for await (const event of context.store.events({ from, to })) {
    if (knownAt === undefined || event.receivedAt < knownAt) yield rowOf(event);
  }
}

function rowOf(event: StoredEvent): ExportRow {
  const { context } = event;
  const page = pageFacts(event, objectOf(context));
  const channel: unknown = context?.channel;
  const { campaign } = context ?? {};
  return {
    message_id: event.messageId,
    type: event.type,
    event: event.event ?? null,
    timestamp: event.timestamp,
    received_at: event.receivedAt,
    anonymous_id: event.anonymousId ?? null,
    user_id: event.userId ?? null,
    session_id: context?.filrouge?.session?.id ?? null,
    channel: typeof channel === 'string' ? channel : null,
    url: textOf(page?.url),
    path: textOf(page?.path),
    referrer: textOf(page?.referrer),
    campaign_source: campaign?.source ?? null,
    campaign_medium: campaign?.medium ?? null,
    campaign_name: campaign?.name ?? null,
    properties: json(event.properties),
    traits: json(event.traits),
    context: json(context),
  };
}

function json(value: unknown): string | null {
  return value === undefined || value === null ? null : JSON.stringify(value);
}
