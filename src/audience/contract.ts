/** What is counted, each by itself: no two of them are ever kept together, so no view can be put together again. */
export type AudienceDimension = 'hour' | 'page' | 'from' | 'campaign' | 'device';

/** All of them, as they are written down. */
export const AUDIENCE_DIMENSIONS: readonly AudienceDimension[] = ['hour', 'page', 'from', 'campaign', 'device'];

/** What a receiver hands in for one page view: a name for each dimension, and nothing else. */
export interface CountedView {
  /** The write key of the site. */
  site: string;
  page: string;
  /** `desktop`, `mobile`, `tablet`, `tv`, `other`, or `bot`, which is counted nowhere else. */
  device: string;
  /** Where a visit begins: the referrer's host ('' for none), and whether there was a campaign. */
  entry?: { from: string; campaign: boolean } | undefined;
}

/** How often something was seen. */
export interface Tally {
  views: number;
  /** Those of the views that began a visit: came from elsewhere. */
  entries: number;
}

/** The counts of one site on one day. */
export interface SiteDay {
  /** `YYYY-MM-DD` in the book's time zone. */
  day: string;
  site: string;
  counts: { [dimension in AudienceDimension]: ReadonlyMap<string, Tally> };
}

/** Where the exempt measurement keeps its counts, apart from all events. */
export interface AudienceBook {
  /** In which days and hours are counted. */
  timezone: string;
  /** Counts a view of this moment; resolves once the counts are on disk. Rejects where they cannot be written. */
  add(view: CountedView): Promise<void>;
  /** The counts from one day to another, both included, oldest first. */
  read(from: string, to: string): Promise<SiteDay[]>;
  /** Removes the days before this one; resolves with their number. */
  expire(before: string): Promise<number>;
  /** Writes what waits and gives the directory back. */
  close(): Promise<void>;
}
