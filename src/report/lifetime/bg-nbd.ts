import { minimise } from './minimise.js';
import { hypergeometric, logGamma } from './special.js';

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
export function logLikelihood({ r, alpha, a, b }: BgNbd, customers: readonly Purchases[]): number {
  // The gamma functions depend on the number of repeats only, and few numbers are many customers'.
  const known = new Map<number, number>();
  const constant = (x: number): number => {
    let sum = known.get(x);
    if (sum === undefined) {
      sum = logGamma(r + x) - logGamma(r) + r * Math.log(alpha);
      sum += logGamma(a + b) + logGamma(b + x) - logGamma(b) - logGamma(a + b + x);
      known.set(x, sum);
    }
    return sum;
  };
  let total = 0;
  for (const { repeats: x, recency, age } of customers) {
    const stayed = -(r + x) * Math.log(alpha + age);
    const left = x > 0 ? Math.log(a / (b + x - 1)) - (r + x) * Math.log(alpha + recency) : Number.NEGATIVE_INFINITY;
    const higher = Math.max(stayed, left);
    total += constant(x) + higher + Math.log(Math.exp(stayed - higher) + Math.exp(left - higher));
  }
  return total;
}

/** The parameters that make the customers most likely; undefined where the search does not settle. */
export function fitBgNbd(customers: readonly Purchases[]): BgNbd | undefined {
  const read = ([r = 0, alpha = 0, a = 0, b = 0]: readonly number[]): BgNbd => ({
    ...{ r: Math.exp(r), alpha: Math.exp(alpha) },
    ...{ a: Math.exp(a), b: Math.exp(b) },
  });
  const mean = customers.reduce((sum, { age }) => sum + age, 0) / Math.max(1, customers.length);
  const cost = (at: readonly number[]): number =>
    at.some((x) => Math.abs(x) > 20)
      ? Number.POSITIVE_INFINITY
      : -logLikelihood(read(at), customers) / customers.length;
  // alpha has the unit of time, the others have none.
  const found = minimise(cost, [0, Math.log(Math.max(mean / 4, 1e-6)), 0, 0.5]);
  return found.settled ? read(found.at) : undefined;
}

/** Purchases that a new customer is expected to make within a time, besides the first (equation 9). */
export function expectedPurchases({ r, alpha, a, b }: BgNbd, time: number): number {
  const lost = (alpha / (alpha + time)) ** r * hypergeometric(r, b, a + b - 1, time / (alpha + time));
  return ((a + b - 1) / beside(a)) * (1 - lost);
}

/** Purchases that a customer is expected to make within a time from now on (equation 10). */
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
