/** What came of applying records. */
export interface Applied {
  stored: number;
  /** Events whose messageId was there already. */
  duplicates: number;
  /** Events of erased persons that came back. */
  suppressed: number;
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
