import type { TimeRange } from './contract.js';

/** Which choices to account for, by when they were made. */
export interface ConsentQuery extends TimeRange {
  by: 'total' | 'day' | 'platform' | 'version' | 'purpose';
  /** IANA time zone in which days begin; default UTC. */
  timezone?: string;
}

/**
 * Choices of the consent ledger (what only repeats the last one of its device is none), as to the purpose `analytics`, or to
 * the row's own. Who refuses from the beginning sends nothing, so that no rate of consent can be made of it.
 */
export interface ConsentFigures {
  choices: number;
  /** Devices (users without one) that made them. */
  devices: number;
  granted: number;
  denied: number;
  /** Had been granted by the same device, and no longer is. */
  withdrawn: number;
}

/** The figures of one group. */
export interface ConsentRow extends ConsentFigures {
  /** `YYYY-MM-DD` in the query's time zone. */
  day?: string;
  /** The consent platform, `manual`, or `stamp` where a client only stamps its events; '' where it is not known. */
  platform?: string;
  /** Of banner or policy; '' where none was told. */
  version?: string;
  purpose?: string;
}

/** The ledger of everybody, and what is stored beside it. */
export interface ConsentAccount {
  rows: ConsentRow[];
  total: ConsentFigures;
  /** What withdrawals that were acted on in the range took out of earlier events. */
  removed: number;
  trimmed: number;
  /** Stored events of the range, the ledger's own not counted. */
  events: number;
  /** Of devices whose choices are on record, and arrived when the first of them had been made. */
  recorded: number;
  /** The same, but arrived before. */
  early: number;
}
