import { type BgNbd, expectedFrom, fitBgNbd, type Purchases, probabilityAlive } from './bg-nbd.js';
import { expectedValue, fitGammaGamma, type GammaGamma } from './gamma-gamma.js';

/** A customer's purchases: time (any unit) and value of each, oldest first; never none. */
export type History = readonly { at: number; value: number }[];

/** Models of buying again and of value, made from the same customers. */
export interface Forecast {
  buying: BgNbd;
  /** Undefined where values do not tell: then the mean value is taken. */
  spending: GammaGamma | undefined;
  /** Mean value of repeat purchases. */
  meanValue: number;
}

/** What is expected of one customer within a time. */
export interface Expected {
  alive: number;
  purchases: number;
  value: number;
}

/** With fewer customers who came back, the models are guesses. */
export const LEAST_REPEATERS = 30;

/** Fits both models to what was known at a time; undefined where too few came back, or nothing fits. */
export function fitForecast(histories: readonly History[], until: number): Forecast | undefined {
  const customers = thin(histories.filter((history) => (history[0]?.at ?? until) < until));
  const seen = customers.map((history) => summarise(history, until));
  const repeaters = seen.filter(({ repeats }) => repeats > 0);
  if (repeaters.length < LEAST_REPEATERS) return undefined;
  const buying = fitBgNbd(seen);
  if (!buying) return undefined;
  const total = repeaters.reduce((sum, { repeats, mean }) => sum + repeats * mean, 0);
  const meanValue = total / repeaters.reduce((sum, { repeats }) => sum + repeats, 0);
  return { buying, spending: fitGammaGamma(repeaters), meanValue };
}

/** What a customer is expected to do within a time from `until` on. */
export function expectOf(
  forecast: Forecast,
  history: History,
  { until, time }: { until: number; time: number },
): Expected {
  const { buying, spending, meanValue } = forecast;
  const summary = summarise(history, until);
  const purchases = expectedFrom(buying, summary, time);
  const each = spending ? expectedValue(spending, summary) : meanValue;
  return { alive: probabilityAlive(buying, summary), purchases, value: purchases * each };
}

function summarise(history: History, until: number): Purchases & { mean: number } {
  const known = history.filter(({ at }) => at < until);
  const [first, ...repeats] = known;
  const began = first?.at ?? until;
  const sum = repeats.reduce((total, { value }) => total + value, 0);
  return {
    repeats: repeats.length,
    recency: (known.at(-1)?.at ?? began) - began,
    age: until - began,
    mean: repeats.length ? sum / repeats.length : 0,
  };
}

const MOST_FITTED = 20_000;

/** Four parameters are found as well from so many; every so-manieth, in order, so that engines agree. */
function thin(histories: readonly History[]): readonly History[] {
  if (histories.length <= MOST_FITTED) return histories;
  const sorted = [...histories].sort((a, b) => (a[0]?.at ?? 0) - (b[0]?.at ?? 0) || a.length - b.length);
  const step = Math.ceil(histories.length / MOST_FITTED);
  return sorted.filter((_, i) => i % step === 0);
}
