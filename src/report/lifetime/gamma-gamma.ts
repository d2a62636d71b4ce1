import { minimise } from './minimise.js';
import { logGamma, sumLogs } from './special.js';

/** How many repeat purchases somebody made, and their mean value. */
export interface Spending {
  repeats: number;
  mean: number;
}

/** The value of a purchase ~ Gamma(p, nu), and nu ~ Gamma(q, gamma) over customers. */
export interface GammaGamma {
  p: number;
  q: number;
  gamma: number;
}

/**
 * The log-likelihood of customers with repeat purchases (Fader and Hardie 2013, The Gamma-Gamma Model of Monetary Value,
 * equation 1a).
 */
export function logLikelihood(model: GammaGamma, customers: readonly Spending[]): number {
  return likelihoodOf(model, byRepeats(customers));
}

/** The customers with so many repeats, and what a search needs of them each time it asks. */
interface Alike {
  repeats: number;
  /** What each spent on all repeats. */
  sums: Float64Array;
  /** The logarithms of their means, added up. */
  logMeans: number;
  /** Room for what is multiplied. */
  factors: Float64Array;
}

function byRepeats(customers: readonly Spending[]): Alike[] {
  const groups = new Map<number, number[]>();
  for (const { repeats, mean } of customers) {
    const group = groups.get(repeats);
    if (group) group.push(mean);
    else groups.set(repeats, [mean]);
  }
  return [...groups].map(([repeats, means]) => ({
    repeats,
    sums: Float64Array.from(means, (mean) => mean * repeats),
    logMeans: sumLogs(Float64Array.from(means)),
    factors: new Float64Array(means.length),
  }));
}

function likelihoodOf({ p, q, gamma }: GammaGamma, groups: readonly Alike[]): number {
  let total = 0;
  for (const { repeats: x, sums, logMeans, factors } of groups) {
    const { length } = sums;
    const constant = logGamma(p * x + q) - logGamma(p * x) + q * Math.log(gamma) - logGamma(q);
    total += length * (constant + p * x * Math.log(x)) + (p * x - 1) * logMeans;
    for (let i = 0; i < length; i += 1) factors[i] = gamma + (sums[i] ?? 0);
    total -= (p * x + q) * sumLogs(factors);
  }
  return total;
}

/**
 * The parameters that make the customers most likely; undefined where the search does not settle or no mean exists (q <= 1).
 * Searched by the usual nu, q / gamma, and by how much customers differ in it: where they hardly do, q and gamma grow
 * together without end, so the search stops at a difference that no figure shows, as that of BG/NBD does.
 */
export function fitGammaGamma(customers: readonly Spending[]): GammaGamma | undefined {
  const seen = customers.filter(({ repeats, mean }) => repeats > 0 && mean > 0);
  if (seen.length === 0) return undefined;
  const groups = byRepeats(seen);
  const average = seen.reduce((sum, { mean }) => sum + mean, 0) / seen.length;
  const read = ([p = 0, alike = 0, usual = 0]: readonly number[]): GammaGamma => {
    const q = Math.exp(Math.min(MOST_ALIKE, alike));
    return { p: Math.exp(p), q, gamma: q * Math.exp(-usual) };
  };
  const cost = (at: readonly number[]): number =>
    at.some((x) => Math.abs(x) > 25) ? Number.POSITIVE_INFINITY : -likelihoodOf(read(at), groups) / seen.length;
  // nu has the unit of one over money.
  const found = minimise(cost, [1, 1, 1 - Math.log(average)]);
  const model = read(found.at);
  return found.settled && model.q > 1 ? model : undefined;
}

/** e^7: nu then differs between customers by three in a hundred. */
const MOST_ALIKE = 7;

/**
 * The value that a customer's purchases have on average in the long run: their own mean, drawn towards that of all the more,
 * the fewer there were (equation 5).
 */
export function expectedValue({ p, q, gamma }: GammaGamma, { repeats, mean }: Spending): number {
  return (p * (gamma + repeats * mean)) / (p * repeats + q - 1);
}
