/** For sorting: texts by their code units, which no machine's language changes; what is absent comes first. */
export function compareTexts(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
