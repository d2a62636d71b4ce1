import { DAY_MS } from '../../../protocol/time.js';
import { compareTexts } from '../../../stores/compare-texts.js';
import { goalEvents } from '../../../stores/order.js';
import type { Lookbacks } from '../../attribution/lookbacks.js';
import type { LabelledTouch, Path } from '../../attribution/paths.js';
import { type CurrencyChoice, chooseCurrency, countCurrencies } from '../../currency.js';
import { eventsNamed } from '../read/facts.js';
import type { Scene } from '../read/scene.js';
import { createTellings, readTelling, type Telling } from '../read/tellings.js';
import { createUpdates } from '../read/updates.js';
import type { Way } from '../read/way.js';

/** A way that was not gone to its end: no conversion within the lookback of its last touch. */
export interface NullPath {
  /** To be read at once: they hold more than their type says. */
  touches: readonly LabelledTouch[];
}

/** What a book of paths does besides. */
export interface PathBookOptions {
  /** Gets each null path. */
  takeNull?: ((path: NullPath) => void) | undefined;
  /** Paths begin after the person's conversion before; one that is told twice is none before itself. */
  cut?: boolean | undefined;
}

/**
 * Paths of people, with and without conversion, out of their threads. An order id counts once (tellings.ts).
 *
 * Touches that led to no conversion make null paths: runs of them with no gap longer than the lookback. A run is null
 * only after the lookback of its last touch has passed in the period without a conversion; one that is younger is
 * censored: it is left out, because it may still convert (measures.md 7.6). There may be many: `takeNull` gets them one by
 * one.
 */
export function createPathBook(
  scene: Scene,
  lookbacks: Lookbacks,
  { takeNull = () => {}, cut = false }: PathBookOptions = {},
) {
  const tellings = createTellings<Candidate>(scene);
  const updates = createUpdates();
  let censored = 0;
  const longest = Math.max(0, ...Object.values(lookbacks)) * DAY_MS;

  const convert = (thread: Way, touches: readonly Dated[]): number[] => {
    const times: number[] = [];
    const beginOf = cut ? createCuts() : () => Number.NEGATIVE_INFINITY;
    for (const event of eventsNamed(thread, ...goalEvents(scene.head.goal))) {
      if (event.name !== scene.head.goal) {
        updates.add(event);
        continue;
      }
      const { ms } = event;
      times.push(ms);
      if (ms >= scene.to) continue;
      const { orderId, at, messageId, interactive, value, unpriced, currency } = readTelling(event);
      const begin = beginOf(orderId, ms);
      tellings.add({
        orderId,
        at,
        messageId,
        interactive,
        value,
        unpriced,
        currency,
        touches: touches
          .filter((touch) => touch.at > begin && touch.at <= ms && ms - touch.at <= touch.lookbackMs)
          .map(bareTouch),
      });
    }
    return times;
  };
  /** Ends the run of the touches from `first` to before `end`. */
  const close = (touches: readonly Dated[], first: number, end: number): void => {
    const last = end > first ? touches[end - 1] : undefined;
    if (!last) return;
    const until = last.at + longest;
    if (until > scene.until) {
      if (last.at >= scene.from) censored += 1;
      return;
    }
    if (until < scene.from) return;
    const isNear = ({ at, lookbackMs }: Dated) => last.at - at <= lookbackMs;
    // As those of nearly everybody: nothing to be left out, and no list more for each of millions.
    const isWhole = first === 0 && end === touches.length && touches.every(isNear);
    takeNull({ touches: isWhole ? touches : touches.slice(first, end).filter(isNear) });
  };
  return {
    add(thread: Way): void {
      const touches = datedTouches(scene, thread, lookbacks);
      const times = thread.eventTime(0) === undefined ? NEVER : convert(thread, touches);
      const led = (touch: Dated) => times.some((ms) => touch.at <= ms && ms - touch.at <= touch.lookbackMs);
      let first = 0;
      for (let i = 0; i < touches.length; i += 1) {
        const touch = touches[i];
        if (!touch) continue;
        const before = i > first ? touches[i - 1] : undefined;
        const used = times.length > 0 && led(touch);
        const isApart =
          before && (touch.at - before.at > longest || times.some((ms) => before.at <= ms && ms < touch.at));
        if (used || isApart) {
          // A run that goes over into a conversion's path is part of that way, but the conversion came too late for it.
          close(touches, first, i);
          first = used ? i + 1 : i;
        }
      }
      close(touches, first, touches.length);
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

/** Says after when the path of a conversion begins: after the one before it. They have to come oldest first. */
function createCuts() {
  const begins = new Map<string, number>();
  let latest = Number.NEGATIVE_INFINITY;
  return (orderId: string | undefined, ms: number): number => {
    const known = orderId === undefined ? undefined : begins.get(orderId);
    if (known !== undefined) return known;
    const begin = latest;
    latest = ms;
    if (orderId !== undefined) begins.set(orderId, begin);
    return begin;
  };
}

type Candidate = Telling & { touches: LabelledTouch[] };

interface Dated extends LabelledTouch {
  lookbackMs: number;
}

const NEVER: readonly number[] = [];

function datedTouches({ label }: Pick<Scene, 'label'>, way: Way, lookbacks: Lookbacks): Dated[] {
  const found: (Dated & { sourceKey: string })[] = [];
  let isRising = true;
  for (let i = 0, at = way.touchTime(i); at !== undefined; i += 1, at = way.touchTime(i)) {
    const days = lookbacks[way.touchKind(i)];
    const sourceKey = way.touchSource(i);
    const { detour, direct, label: name } = label(sourceKey);
    if (days === undefined || detour) continue;
    isRising &&= at > (found.at(-1)?.at ?? Number.NEGATIVE_INFINITY);
    found.push({ at, direct, label: name, lookbackMs: days * DAY_MS, sourceKey });
  }
  // As those of nearly everybody, who then need not be sorted.
  if (isRising) return found;
  return found.sort((a, b) => a.at - b.at || compareTexts(a.sourceKey, b.sourceKey));
}

/** A touch without what only this file needs. */
export function bareTouch({ at, direct, label }: LabelledTouch): LabelledTouch {
  return { at, direct, label };
}

/** The paths of conversions, with no value where it is in another currency than that of the report. */
export function inOneCurrency(paths: readonly Path[], choice: CurrencyChoice) {
  const { add, seen } = countCurrencies();
  for (const { currency, value } of paths) if (currency || value) add(currency);
  const { currency, counts, notices } = chooseCurrency(seen, choice);
  return { currency, notices, paths: paths.map((path) => (counts(path.currency) ? path : { ...path, value: 0 })) };
}

/** Everything that somebody did, as far back; opened mails and seen banners do not count. */
export function clicksOnly(lookbackDays: number) {
  return { visit: lookbackDays, click: lookbackDays, contact: lookbackDays };
}
