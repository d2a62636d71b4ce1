import { compareTexts } from '../../stores/compare-texts.js';
import { goalEvents } from '../../stores/order.js';
import type { Lookbacks } from '../lookbacks.js';
import type { LabelledTouch, Path } from '../paths.js';
import { eventsNamed } from './facts.js';
import type { Scene } from './scene.js';
import { createTellings, readTelling, type Telling } from './tellings.js';
import { createUpdates } from './updates.js';
import type { Way } from './way.js';

/** A way that was not gone to its end: no conversion within the lookback of its last touch. */
export interface NullPath {
  touches: LabelledTouch[];
}

const DAY_MS = 86_400_000;

/**
 * Paths of people, with and without conversion, out of their threads. An order id counts once (tellings.ts).
 *
 * Touches that led to no conversion make null paths: runs of them with no gap longer than the lookback. A run is null
 * only after the lookback of its last touch has passed in the period without a conversion; one that is younger is
 * censored: it is left out, because it may still convert (measures.md 7.6). There may be many: `takeNull` gets them one by
 * one.
 */
export function createPathBook(scene: Scene, lookbacks: Lookbacks, takeNull: (path: NullPath) => void = () => {}) {
  const tellings = createTellings<Candidate>(scene);
  const updates = createUpdates();
  let censored = 0;
  const longest = Math.max(0, ...Object.values(lookbacks)) * DAY_MS;

  const convert = (thread: Way, touches: readonly Dated[]): number[] => {
    const times: number[] = [];
    for (const event of eventsNamed(thread, ...goalEvents(scene.head.goal))) {
      if (event.name !== scene.head.goal) {
        updates.add(event);
        continue;
      }
      const { ms } = event;
      times.push(ms);
      if (ms >= scene.to) continue;
      const { orderId, at, messageId, interactive, value, currency } = readTelling(event);
      tellings.add({
        orderId,
        at,
        messageId,
        interactive,
        value,
        currency,
        touches: touches.filter((touch) => touch.at <= ms && ms - touch.at <= touch.lookbackMs).map(bare),
      });
    }
    return times;
  };
  const close = (run: readonly Dated[]): void => {
    const last = run.at(-1);
    if (!last) return;
    const end = last.at + longest;
    if (end > scene.until) {
      if (last.at >= scene.from) censored += 1;
    } else if (end >= scene.from)
      takeNull({ touches: run.filter(({ at, lookbackMs }) => last.at - at <= lookbackMs).map(bare) });
  };
  return {
    add(thread: Way): void {
      const touches = datedTouches(scene, thread, lookbacks);
      if (touches.length === 0 && thread.events.length === 0) return;
      const times = convert(thread, touches);
      const led = (touch: Dated) => times.some((ms) => touch.at <= ms && ms - touch.at <= touch.lookbackMs);
      let run: Dated[] = [];
      for (const touch of touches) {
        const before = run.at(-1);
        const used = times.length > 0 && led(touch);
        const isApart =
          before && (touch.at - before.at > longest || times.some((ms) => before.at <= ms && ms < touch.at));
        if (used || isApart) {
          // A run that goes over into a conversion's path is part of that way, but the conversion came too late for it.
          close(run);
          run = [];
        }
        if (!used) run.push(touch);
      }
      close(run);
    },
    /** How many runs were left out so far. */
    censored: () => censored,
    /** Conversions of the period, oldest first; without touches a direct one at their own time. */
    close(): Path[] {
      return tellings
        .all()
        .filter(({ at }) => at >= scene.from)
        .map(({ touches, ...told }): Path => {
          const { at: convertedAt, orderId } = told;
          const own = { orderId, at: convertedAt, currency: told.currency || scene.home };
          const { value = told.value, currency = own.currency } = updates.of(own);
          const assumed = { at: convertedAt, direct: true, label: scene.direct };
          return { convertedAt, value, currency, touches: touches.length > 0 ? touches : [assumed] };
        });
    },
  };
}

type Candidate = Telling & { touches: LabelledTouch[] };

interface Dated extends LabelledTouch {
  lookbackMs: number;
}

function datedTouches({ label }: Pick<Scene, 'label'>, { touches }: Way, lookbacks: Lookbacks): Dated[] {
  const found: (Dated & { sourceKey: string })[] = [];
  let isRising = true;
  for (const { at, sourceKey, kind = 'visit' } of touches) {
    const days = lookbacks[kind];
    const { detour, direct, label: name } = label(sourceKey);
    if (days === undefined || detour) continue;
    isRising &&= at > (found.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
    found.push({ at, direct, label: name, lookbackMs: days * DAY_MS, sourceKey });
  }
  // As those of nearly everybody, who then need not be sorted.
  if (isRising) return found;
  return found.sort((a, b) => a.at - b.at || compareTexts(a.sourceKey, b.sourceKey));
}

function bare({ at, direct, label }: LabelledTouch): LabelledTouch {
  return { at, direct, label };
}
