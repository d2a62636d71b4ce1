import type { BatchMeta } from '../../log/record.js';
import { isObject, type ReasonCode } from '../../protocol/index.js';
import type { Checked } from '../check/validate.js';

/** Of events that their person does not want to be kept nothing is written down, not even that they came. */
const UNSPOKEN: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['no-consent', 'suppressed', 'restricted', 'objected']);
const MAX_LANE_LENGTH = 64;

/** The numbered events among those that were turned away, for the log: what is missing of a page load was not lost. */
export function refusedNumbers(values: readonly unknown[], rejected: Checked['rejected']): BatchMeta['refused'] {
  const numbers = rejected.flatMap(({ index, code }): NonNullable<BatchMeta['refused']> => {
    const sequence = UNSPOKEN.has(code) ? undefined : sequenceOf(values[index]);
    return sequence ? [[sequence.lane, sequence.n, code]] : [];
  });
  return numbers.length ? numbers : undefined;
}

function sequenceOf(value: unknown): { lane: string; n: number } | undefined {
  if (!isObject(value) || !isObject(value.context) || !isObject(value.context.filrouge)) return undefined;
  const { sequence } = value.context.filrouge;
  if (!isObject(sequence)) return undefined;
  const { lane, n } = sequence;
  const isNumbered = typeof lane === 'string' && lane.length <= MAX_LANE_LENGTH && Number.isSafeInteger(n);
  return isNumbered && typeof n === 'number' ? { lane, n } : undefined;
}
