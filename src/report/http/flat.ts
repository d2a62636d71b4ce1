/** A list in one cell: a path in its order, figures side by side, and names that belong together as the page has them. */
export function listText(field: string, values: readonly unknown[], write: (value: unknown) => string): string {
  const isFigures = values.every((value) => value === null || typeof value === 'number');
  return values.map(write).join(field === 'path' ? ' > ' : isFigures ? ' ' : ' + ');
}

/**
 * The columns of rows whose nested fields are columns of their own (`interval.low`), in the order in which they come first.
 * Where a row has nothing (`interval` is null) and others have its parts, the parts stand in its place.
 */
export function orderColumns(rows: readonly ReadonlyMap<string, string | number | undefined>[]): string[] {
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const isBare = (name: string) =>
    names.some((other) => other.startsWith(`${name}.`)) && rows.every((row) => (row.get(name) ?? '') === '');
  const bare = names.filter(isBare);
  const partsOf = (name: string) => names.filter((other) => other.startsWith(`${name}.`));
  const moved = new Set(
    bare.flatMap((name) => partsOf(name).filter((part) => names.indexOf(part) > names.indexOf(name))),
  );
  return names.flatMap((name) => {
    if (moved.has(name)) return [];
    return bare.includes(name) ? partsOf(name).filter((part) => moved.has(part)) : [name];
  });
}
