/** Draws numbers: the same seed gives the same ones on every machine. */
export interface Random {
  /** From 0 (included) to 1 (excluded). */
  next(): number;
  /** A Poisson number with this mean. */
  poisson(mean: number): number;
}

/** The generator sfc32, seeded with an integer. Good enough to resample with; not for secrets. */
export function createRandom(seed: number): Random {
  let [a, b, c, d] = [0, seed | 0, Math.floor(seed / 2 ** 32) | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // The first numbers of near seeds are alike.
  for (let i = 0; i < 16; i++) next();
  const poisson = (mean: number): number => {
    // Sums of Poisson numbers are Poisson: large means in pieces that exp() can take.
    let left = mean;
    let count = 0;
    for (; left > 30 && left <= 3000; left -= 30) count += small(30);
    if (left > 3000) return Math.max(0, Math.round(left + Math.sqrt(left) * normal()));
    return count + small(left);
  };
  const small = (mean: number): number => {
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = next(); product > limit; product *= next()) count += 1;
    return count;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return { next, poisson };
}
