/** A place and what the function is there. */
export interface Lowest {
  at: number[];
  value: number;
  /** False when it was given up before the places lay together. */
  settled: boolean;
}

interface Corner {
  at: number[];
  value: number;
}

/** The simplex method of Nelder and Mead (1965): needs no derivatives, and is enough for a handful of parameters. */
export function minimise(f: (at: readonly number[]) => number, start: readonly number[], most = 2000): Lowest {
  const corner = (at: number[]): Corner => ({ at, value: safe(f(at)) });
  let corners = [corner([...start]), ...start.map((_, i) => corner(start.map((x, j) => (i === j ? x + 0.5 : x))))];
  for (let step = 0; step < most; step++) {
    corners.sort((a, b) => a.value - b.value);
    const best = corners[0];
    const worst = corners.at(-1);
    if (!best || !worst) break;
    if (worst.value - best.value < 1e-10 * (1 + Math.abs(best.value)) && spread(corners) < 1e-6)
      return { ...best, settled: true };
    const middle = start.map(
      (_, i) => corners.slice(0, -1).reduce((sum, one) => sum + (one.at[i] ?? 0), 0) / start.length,
    );
    const towards = (factor: number) => corner(middle.map((x, i) => x + factor * ((worst.at[i] ?? 0) - x)));
    const better = replace(corners, { worst, best, towards });
    if (better) corners[corners.length - 1] = better;
    else corners = [best, ...corners.slice(1).map(({ at }) => corner(at.map((x, i) => (x + (best.at[i] ?? 0)) / 2)))];
  }
  const [lowest = corner([...start])] = corners.sort((a, b) => a.value - b.value);
  return { ...lowest, settled: false };
}

/** Reflection, expansion or contraction of the worst corner; undefined where none helps. */
function replace(
  corners: readonly Corner[],
  { worst, best, towards }: { worst: Corner; best: Corner; towards: (factor: number) => Corner },
): Corner | undefined {
  const reflected = towards(-1);
  if (reflected.value < best.value) {
    const expanded = towards(-2);
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < (corners.at(-2)?.value ?? 0)) return reflected;
  const contracted = towards(reflected.value < worst.value ? -0.5 : 0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : undefined;
}

function spread(corners: readonly Corner[]): number {
  const [first] = corners;
  return Math.max(...corners.flatMap(({ at }) => at.map((x, i) => Math.abs(x - (first?.at[i] ?? 0)))));
}

function safe(value: number): number {
  return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
}
