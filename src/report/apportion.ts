/**
 * Rounds values to `decimals` so that they add up to `total`, rounded likewise (largest remainder: those that lost most
 * by rounding down get the missing units). `total` defaults to the sum of the values.
 */
export function apportion(values: readonly number[], decimals: number, total = sum(values)): number[] {
  const unit = 10 ** decimals;
  const parts = values.map((value, index) => {
    // Binary fractions such as 1.15 * 100 = 114.99999999999999 must not lose a unit.
    const exact = Number((value * unit).toPrecision(15));
    const floor = Math.floor(exact);
    // Equal remainders must stay equal whatever the size of the value; then the order decides.
    return { index, floor, remainder: Number((exact - floor).toFixed(6)) };
  });
  let missing = Math.round(Number((total * unit).toPrecision(15))) - sum(parts.map((part) => part.floor));
  const rounded = parts.map((part) => part.floor);
  const step = Math.sign(missing);
  for (const { index } of [...parts].sort((a, b) => step * (b.remainder - a.remainder) || a.index - b.index)) {
    if (missing === 0) break;
    rounded[index] = (rounded[index] ?? 0) + step;
    missing -= step;
  }
  return rounded.map((value) => value / unit);
}

/** Rounds one value to `decimals`, halves up, as `apportion` does. */
export function roundTo(value: number, decimals: number): number {
  const unit = 10 ** decimals;
  return Math.round(Number((value * unit).toPrecision(15))) / unit;
}

/** Of nothing 0. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
