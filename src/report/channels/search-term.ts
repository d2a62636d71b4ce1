const PARAMETERS =
  'q query p text wd word keyword keywords kw search_query searchfor search qs k mt szukaj su qt rdata ask term s'.split(
    ' ',
  );

/** What was searched for, from the query of a search page's address; most engines no longer send it. */
export function searchTerm(query: string): string | undefined {
  if (!query) return undefined;
  const values = new Map([...new URLSearchParams(query)].map(([name, value]) => [name.toLowerCase(), value.trim()]));
  const name = PARAMETERS.find((candidate) => values.get(candidate));
  const term = name && values.get(name)?.slice(0, 255);
  // People type addresses of others into search boxes.
  return term && !/@.+\./.test(term) ? term : undefined;
}
