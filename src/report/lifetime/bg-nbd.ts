import { type Lowest, minimise } from './minimise.js';
import { hypergeometric, sumLogs } from './special.js';

/**
 * What is known of a customer, in any unit of time (the same for all): how many repeat purchases, how long after the first
 * purchase the last one was (0 without), and how long ago the first was.
 */
export interface Purchases {
  repeats: number;
  recency: number;
  age: number;
}

/** Purchases come at a rate ~ Gamma(r, alpha); after each, the customer leaves with a chance ~ Beta(a, b). */
export interface BgNbd {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

/**
 * The log-likelihood of customers in the BG/NBD model (Fader, Hardie and Lee 2005, "Counting Your Customers" the Easy Way,
 * Marketing Science 24, equation 6).
 */
export function logLikelihood(model: BgNbd, customers: readonly Purchases[]): number {
  return likelihoodOf(model, byRepeats(customers));
}

/** The customers with so many repeats: a search asks hundreds of times about thousands of them. */
interface Alike {
  repeats: number;
  recencies: Float64Array;
  ages: Float64Array;
  /** Room for what is multiplied. */
  factors: Float64Array;
}

function byRepeats(customers: readonly Purchases[]): Alike[] {
  const groups = new Map<number, Purchases[]>();
  for (const customer of customers) {
    const group = groups.get(customer.repeats);
    if (group) group.push(customer);
    else groups.set(customer.repeats, [customer]);
  }
  return [...groups].map(([repeats, group]) => ({
    repeats,
    recencies: Float64Array.from(group, ({ recency }) => recency),
    ages: Float64Array.from(group, ({ age }) => age),
    factors: new Float64Array(group.length),
  }));
}

function likelihoodOf({ r, alpha, a, b }: BgNbd, groups: readonly Alike[]): number {
  // Differences of gamma functions at whole steps are products. Gamma functions of large parameters would leave so little of
  // the difference that a search could not tell up from down.
  const constants = [0];
  const constant = (x: number): number => {
    for (let i = constants.length - 1; i < x; i++) {
      const step = Math.log(r + i) + Math.log((b + i) / (a + b + i));
      constants.push((constants[i] ?? 0) + step);
    }
    return constants[x] ?? 0;
  };
  let total = 0;
  for (const { repeats: x, recencies, ages, factors } of groups) {
    const { length } = ages;
    total += length * constant(x);
    const waits = x === 0 ? ages : recencies;
    for (let i = 0; i < length; i += 1) factors[i] = 1 + (waits[i] ?? 0) / alpha;
    total -= (r + x) * sumLogs(factors);
    if (x === 0) continue;
    // The chance to have left at the last purchase, and of the same size the one to be there still.
    const left = a / (b + x - 1);
    for (let i = 0; i < length; i += 1) {
      const waited = (alpha + (ages[i] ?? 0)) / (alpha + (recencies[i] ?? 0));
      factors[i] = 1 + Math.exp(-(r + x) * Math.log(waited)) / left;
    }
    total += sumLogs(factors) + length * (Math.log(left) - x * Math.log(alpha));
  }
  return total;
}

/**
 * The parameters that make the customers most likely; undefined where the search does not settle. Searched by the mean rate
 * and the mean chance to leave, each with how much customers differ in it: where they hardly do, or do not at all, ever
 * more alike (or unlike) customers are ever so little likelier, without end. There the search stops at a difference that
 * no figure shows.
 */
export function fitBgNbd(customers: readonly Purchases[]): BgNbd | undefined {
  const within = (x: number): number => Math.exp(Math.max(-MOST_SPREAD, Math.min(MOST_SPREAD, x)));
  const read = ([rate = 0, shape = 0, odds = 0, size = 0]: readonly number[]): BgNbd => {
    const [r, both, leaves] = [within(shape), within(size), 1 / (1 + Math.exp(-odds))];
    return { r, alpha: r / Math.exp(rate), a: both * leaves, b: both * (1 - leaves) };
  };
  const mean = customers.reduce((sum, { age }) => sum + age, 0) / Math.max(1, customers.length);
  const search = (some: readonly Purchases[], start: readonly number[]): Lowest => {
    const groups = byRepeats(some);
    return minimise(
      (at) =>
        Math.abs(at[0] ?? 0) > 25 || Math.abs(at[2] ?? 0) > 15
          ? Number.POSITIVE_INFINITY
          : -likelihoodOf(read(at), groups) / some.length,
      start,
    );
  };
  const guess = [Math.log(4 / Math.max(mean, 1e-6)), 0, -0.5, 1];
  // From where a few of many customers lead it is half as far as from a guess.
  const few = customers.filter((_, i) => i % ONE_OF === 0);
  const found = search(customers, few.length < LEAST_FEW ? guess : search(few, guess).at);
  return found.settled ? read(found.at) : undefined;
}

const ONE_OF = 16;
const LEAST_FEW = 300;

/** e^7: with a chance of a half, customers then differ from each other by one in a hundred. */
const MOST_SPREAD = 7;

/** Purchases that a customer is expected to make within a time from now on (equation 10; of a new one it is equation 9). */
export function expectedFrom(model: BgNbd, customer: Purchases, time: number): number {
  const { r, alpha, a, b } = model;
  const { repeats: x, age } = customer;
  const z = time / (alpha + age + time);
  const lost = ((alpha + age) / (alpha + age + time)) ** (r + x) * hypergeometric(r + x, b + x, a + b + x - 1, z);
  return ((a + b + x - 1) / beside(a)) * (1 - lost) * probabilityAlive(model, customer);
}

/** The chance that a customer has not left; 1 without repeat purchases, because in this model only those can end it. */
export function probabilityAlive({ r, alpha, a, b }: BgNbd, { repeats: x, recency, age }: Purchases): number {
  if (x === 0) return 1;
  return 1 / (1 + (a / (b + x - 1)) * ((alpha + age) / (alpha + recency)) ** (r + x));
}

/** a - 1, which the formulas divide by: at 1 they have a limit, not a value. */
function beside(a: number): number {
  return Math.abs(a - 1) < 1e-7 ? 1e-7 : a - 1;
}
