import type { ServerOptions } from '../dist/server/index.js';

export interface DemoOptions {
  /** 0, the default, takes any free port. */
  shopPort?: number;
  receiverPort?: number;
  /** Holds events and keys; is made when it is not there. */
  dataDir: string;
  /** Fill a new data directory with simulated visitors; on by default. */
  simulate?: boolean;
  /** Default duckdb; `memory` rebuilds itself from the log at each start. */
  store?: 'duckdb' | 'memory';
  /** Takes the receiver's log lines; without it there are none. */
  logger?: ServerOptions['logger'];
}

export interface Demo {
  /** The first page of the shop, in English. */
  shopUrl: string;
  /** The start page, which is not part of the shop and has another host name. */
  entryUrl: string;
  receiverUrl: string;
  /** With the admin key in its fragment. */
  reportUrl: string;
  adminKey: string;
  secretKey: string;
  writeKey: string;
  /** Whether the data directory began with simulated visitors. */
  simulated: boolean;
  close(): Promise<void>;
}

/** Starts shop, receiver and report, all on 127.0.0.1. Rejects when a port is taken. */
export function startDemo(options: DemoOptions): Promise<Demo>;
