import { minimise } from './minimise.js';
import { logGamma } from './special.js';

/** How many repeat purchases somebody made, and their mean value. */
export interface Spending {
  repeats: number;
  mean: number;
}

/** With the logarithms that every question of the search needs again. */
interface Logged extends Spending {
  logRepeats: number;
  logMean: number;
}

/** The value of a purchase ~ Gamma(p, nu), and nu ~ Gamma(q, gamma) over customers. */
export interface GammaGamma {
  p: number;
  q: number;
  gamma: number;
}

function logged(customers: readonly Spending[]): Logged[] {
  return customers.map((customer) => ({
    ...customer,
    logRepeats: Math.log(customer.repeats),
    logMean: Math.log(customer.mean),
  }));
}

/** The log-likelihood of customers with repeat purchases (Fader and Hardie 2013, The Gamma-Gamma Model of Monetary Value, equation 1a). */
function logLikelihood({ p, q, gamma }: GammaGamma, customers: readonly Logged[]): number {
  let total = 0;
  const known = new Map<number, number>();
  const constant = (x: number): number => {
    let sum = known.get(x);
    if (sum === undefined) {
      sum = logGamma(p * x + q) - logGamma(p * x) + q * Math.log(gamma) - logGamma(q);
      known.set(x, sum);
    }
    return sum;
  };
  for (const { repeats: x, mean, logRepeats, logMean } of customers) {
    total += constant(x) + (p * x - 1) * logMean + p * x * logRepeats - (p * x + q) * Math.log(gamma + mean * x);
  }
  return total;
}

/** The parameters that make the customers most likely; undefined where the search does not settle or no mean exists (q <= 1). */
export function fitGammaGamma(customers: readonly Spending[]): GammaGamma | undefined {
  const seen = logged(customers.filter(({ repeats, mean }) => repeats > 0 && mean > 0));
  if (seen.length === 0) return undefined;
  const average = seen.reduce((sum, { mean }) => sum + mean, 0) / seen.length;
  const read = ([p = 0, q = 0, gamma = 0]: readonly number[]): GammaGamma => {
    return { p: Math.exp(p), q: Math.exp(q), gamma: Math.exp(gamma) };
  };
  const cost = (at: readonly number[]): number =>
    at.some((x) => Math.abs(x) > 25) ? Number.POSITIVE_INFINITY : -logLikelihood(read(at), seen) / seen.length;
  // gamma has the unit of money.
  const found = minimise(cost, [1, 1, Math.log(average)]);
  const model = read(found.at);
  return found.settled && model.q > 1 ? model : undefined;
}

/**
 * The value that a customer's purchases have on average in the long run: their own mean, drawn towards that of all the more,
 * the fewer there were (equation 5).
 */
export function expectedValue({ p, q, gamma }: GammaGamma, { repeats, mean }: Spending): number {
  return (p * (gamma + repeats * mean)) / (p * repeats + q - 1);
}
