/** What came of applying records. */
export interface Applied {
  stored: number;
  /** Events whose messageId was there already. */
  duplicates: number;
  /** Events of erased persons that came back. */
  suppressed: number;
  /**
   * Something that was stored before does not hold any more: somebody was erased, restricted or objected, or two people who
   * had been joined were taken apart. Absent when nothing was.
   */
  takesBack?: true;
}

/** Where applying stops at the latest: behind the record that reaches one of these. */
export interface AppliedMost {
  records: number;
  bytes: number;
}

/** What came of applying what lies in places of the log. */
export interface AppliedFrom {
  applied: Applied;
  /** The last record that was read, and when it came in, ISO 8601; undefined when there was none. */
  last: { position: number; receivedAt: string } | undefined;
  /** The rest is not where it should be: to be asked of the log. */
  isChanged: boolean;
}

/** How often a store was changed since it was opened. Absent where a store does not count. */
export interface ChangeCounts {
  /** How often something was appended, erased or revised; while it stays, so does every answer. */
  changes(): number;
  /**
   * How often something that was stored may have been taken back: erasures, revisions, `Applied.takesBack`, and all that failed.
   * While it stays, an answer of before was right then; once it moves, nobody may be shown it.
   */
  takenBack(): number;
}
