import { DAY_MS } from '../../protocol/time.js';
import type { Credits, PathModel } from './credits.js';
import type { Model, ModelTouch } from './one-journey.js';
import type { PathTable } from './path-table.js';

/** What a model that looks at one path at a time needs to know of its touches. */
export interface Sight {
  /** Only how many there are: then paths of one length share their weights. */
  onlyLength?: boolean;
  /** Channels that are direct visits. */
  isDirect?: (channel: string) => boolean;
}

/** Makes a model for many paths from one for a single path. Touches without time count as one day apart. */
export function eachPath(model: Model, { onlyLength = false, isDirect = () => false }: Sight = {}): PathModel {
  return (table) => {
    const conversions = new Float64Array(table.channels.length);
    const values = new Float64Array(table.channels.length);
    const direct = table.channels.map(isDirect);
    const known = new Map<number, number[]>();
    for (let i = 0; i < table.size; i++) {
      const converted = table.conversions[i] ?? 0;
      const value = table.values[i] ?? 0;
      if (converted === 0 && value === 0) continue;
      const start = table.offsets[i] ?? 0;
      const length = (table.offsets[i + 1] ?? 0) - start;
      const isPlain = onlyLength && !table.leads.has(i);
      let weights = isPlain ? known.get(length) : undefined;
      if (!weights) {
        const touches = touchesOf(table, i, direct);
        weights = model(touches, touches.at(-1)?.at ?? 0);
        if (isPlain) known.set(length, weights);
      }
      for (let t = 0; t < length; t++) {
        const channel = table.touches[start + t] ?? 0;
        const weight = weights[t] ?? 0;
        conversions[channel] = (conversions[channel] ?? 0) + converted * weight;
        values[channel] = (values[channel] ?? 0) + value * weight;
      }
    }
    return { conversions, values } satisfies Credits;
  };
}

/** Time decay over many paths; says when times were missing. */
export function decaying(model: Model): PathModel {
  const credit = eachPath(model);
  return (table) => {
    const untimed = countUntimed(table);
    return {
      ...credit(table),
      notices: untimed
        ? [`${untimed} paths have no times; their touches were taken as one day apart, the last at the conversion.`]
        : [],
    };
  };
}

/** Paths of several touches that converted without saying when. */
function countUntimed(table: PathTable): number {
  let untimed = 0;
  for (let i = 0; i < table.size; i++) {
    const start = table.offsets[i] ?? 0;
    const isTimed = table.times !== undefined && !Number.isNaN(table.times[start] ?? Number.NaN);
    if (!isTimed && (table.offsets[i + 1] ?? 0) - start > 1 && (table.conversions[i] ?? 0) > 0) untimed += 1;
  }
  return untimed;
}

function touchesOf(table: PathTable, path: number, direct: readonly boolean[]): ModelTouch[] {
  const start = table.offsets[path] ?? 0;
  const length = (table.offsets[path + 1] ?? 0) - start;
  const lead = table.leads.get(path);
  const touches: ModelTouch[] = [];
  for (let i = 0; i < length; i++) {
    const time = table.times?.[start + i] ?? Number.NaN;
    touches.push({
      at: Number.isNaN(time) ? i * DAY_MS : time,
      direct: direct[table.touches[start + i] ?? 0] ?? false,
      lead: i === lead,
    });
  }
  return touches;
}
