import type { Journey } from '../../stores/contract.js';
import { askedOf, isWithinLookback, longestLookback, readLookbacks } from '../attribution/lookbacks.js';
import { directLabel } from '../labels.js';
import { MODEL_NAMES, MODELS, wShaped } from '../models/one-journey.js';
import { createLabels, type Labels } from '../people/read/store-labels.js';
import { type ReportContext, readCommon, readLookback, withLookback } from '../query.js';
import { origin } from './people.js';
import type { ExportColumn, ExportQuery, ExportRow } from './tables.js';

const CREDITED = { ...MODELS, 'w-shaped': wShaped() };
const NAMES = [...MODEL_NAMES, 'w-shaped'] as const;
const columnOf = (model: string) => model.replaceAll('-', '_');

/** Columns of `credits`: one row for each touch of each conversion. */
export const CREDIT_COLUMNS: readonly ExportColumn[] = [
  ['person', 'VARCHAR', 'key of the person'],
  ['message_id', 'VARCHAR', 'id of the goal event'],
  ['order_id', 'VARCHAR', 'properties.order_id'],
  ['converted_at', 'TIMESTAMPTZ', 'when the goal was reached'],
  ['value', 'DOUBLE', 'amount of the conversion; multiply it by a credit'],
  ['currency', 'VARCHAR', 'of the amount'],
  ['touch', 'BIGINT', 'number of the touch on its way, from 1'],
  ['touch_at', 'TIMESTAMPTZ', 'when the touch was'],
  ['kind', 'VARCHAR', 'visit, click, contact, view where asked for; assumed where no touch is known'],
  ['channel', 'VARCHAR', 'by the channel rules of today'],
  ['source', 'VARCHAR', 'where from'],
  ['medium', 'VARCHAR', 'source / medium'],
  ['campaign', 'VARCHAR', 'name of the campaign'],
  ...NAMES.map((model) => [columnOf(model), 'DOUBLE', `credit by ${model}; a conversion's add up to 1`] as const),
];

/** The credit of every touch of the period's conversions, by each model that looks at single paths. */
export async function* creditRows(context: ReportContext, query: ExportQuery): AsyncGenerator<ExportRow> {
  const { rulesVersion: _, ...counted } = readCommon(query, context);
  const lookbacks = readLookbacks(readLookback(query.lookbackDays), query.lookbacks);
  const labels = createLabels(context, withLookback(counted, longestLookback(lookbacks)), 'channel');
  await labels.learn();
  const { currency: home } = context;
  for await (const journey of context.store.journeys({ ...counted, ...askedOf(lookbacks) })) {
    if (labels.misses(journey.touches.map(({ sourceKey }) => sourceKey))) await labels.learn();
    const touches = journey.touches.filter((touch) => isWithinLookback(touch, journey, lookbacks));
    yield* rowsOf({ ...journey, touches }, labels, { direct: directLabel(context.channels, 'channel'), home });
  }
}

function* rowsOf(
  journey: Journey,
  labels: Labels,
  { direct, home }: { direct: string; home: string | undefined },
): Generator<ExportRow> {
  const touches = journey.touches.filter(({ sourceKey }) => !labels.of(sourceKey, 'channel').detour);
  const seen = touches.map(({ at, sourceKey }) => ({
    at: Date.parse(at),
    direct: labels.of(sourceKey, 'channel').direct,
  }));
  const convertedAt = Date.parse(journey.at);
  const path = seen.length > 0 ? seen : [{ at: convertedAt, direct: true }];
  const credits = NAMES.map((model) => CREDITED[model](path, convertedAt));
  const conversion = {
    person: journey.person,
    message_id: journey.messageId,
    order_id: journey.orderId ?? null,
    converted_at: journey.at,
    value: journey.value,
    currency: journey.currency ?? home ?? null,
  };
  for (const i of path.keys()) {
    const touch = touches[i];
    yield {
      ...conversion,
      touch: i + 1,
      touch_at: touch?.at ?? journey.at,
      kind: touch ? (touch.kind ?? 'visit') : 'assumed',
      channel: touch ? labels.of(touch.sourceKey, 'channel').label : direct,
      ...(touch ? origin(labels, touch.sourceKey) : { source: null, medium: null, campaign: null }),
      ...Object.fromEntries(NAMES.map((model, m) => [columnOf(model), credits[m]?.[i] ?? 0])),
    };
  }
}
