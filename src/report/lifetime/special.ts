const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

/** The logarithm of the gamma function, for x > 0, to about 14 digits (Lanczos' approximation with g = 7). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const shifted = x - 1;
  const base = shifted + 7.5;
  const sum = LANCZOS.reduce((total, factor, i) => (i === 0 ? factor : total + factor / (shifted + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(base) - base + Math.log(sum);
}

/** Gauss' hypergeometric function 2F1(a, b; c; z) for 0 <= z < 1, by its series. */
export function hypergeometric(a: number, b: number, c: number, z: number): number {
  let term = 1;
  let sum = 1;
  for (let j = 0; j < MOST_TERMS; j++) {
    term *= (((a + j) * (b + j)) / ((c + j) * (j + 1))) * z;
    sum += term;
    if (Math.abs(term) < 1e-13 * Math.abs(sum)) break;
  }
  return sum;
}

const MOST_TERMS = 20_000;

/**
 * The sum of the logarithms of some factors, each between 1e-150 and 1e150. Multiplied for as long as a double holds the
 * product: a multiplication takes a tenth of the time of a logarithm. (A function for each factor would take more than that.)
 */
export function sumLogs(factors: Float64Array): number {
  let sum = 0;
  let product = 1;
  for (let i = 0; i < factors.length; i += 1) {
    product *= factors[i] ?? 1;
    if (product > 1e150 || product < 1e-150) {
      sum += Math.log(product);
      product = 1;
    }
  }
  return sum + Math.log(product);
}
