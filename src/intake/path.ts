/** Reads a place of an entry: `$.a.b`, `$.lines[0].sku`, `$['a column, with anything']`. */
export type Path = (entry: unknown) => unknown;

const STEP = /\.([^.[\]]+)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]/y;

/** Compiles a path; undefined when it is none. Reads own fields only, never what JavaScript adds. */
export function compilePath(text: string): Path | undefined {
  if (!text.startsWith('$')) return undefined;
  const keys: string[] = [];
  for (STEP.lastIndex = 1; STEP.lastIndex < text.length; ) {
    const step = STEP.exec(text);
    if (!step) return undefined;
    keys.push(step[1] ?? step[2] ?? (step[3] ?? '').replace(/\\(.)/g, '$1'));
  }
  return (entry) => {
    let value = entry;
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
      value = (value as { [key: string]: unknown })[key];
    }
    return value;
  };
}
