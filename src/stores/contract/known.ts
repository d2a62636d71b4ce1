/**
 * As known at a time: only events received before `knownAt` (ISO 8601) count, and persons are those that these events make.
 * So a report can be had again as it was then, whatever arrived since. Erased events stay away.
 */
export interface KnownQuery {
  knownAt?: string;
}
