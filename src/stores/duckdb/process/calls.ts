import type { LogRecord } from '../../../log/contract.js';
import type { Store } from '../../contract.js';
import type { EngineOptions } from '../store-file.js';

/** A store with all that is worth its while between processes. */
export type EngineStore = Store & Required<Pick<Store, 'appendFrom' | 'threadColumns' | 'everySource'>>;

/** What a module has that `Store.beside` names. */
export interface BesideModule {
  answerBeside(store: Store, question: unknown): Promise<unknown>;
}

/** The methods of a store that answer once, and those that stream. */
export type Asked = Exclude<
  keyof EngineStore,
  Streamed | 'threads' | 'changes' | 'takenBack' | 'beside' | 'state' | 'pepperCheck'
>;
export type Streamed = 'events' | 'journeys' | 'threadColumns';

/**
 * What the server's process asks of the engine's. `id` numbers the calls; a stream is pulled page by page under its id. `start`
 * comes first, with the id 0; `ping` only wants to know that somebody is there.
 */
export type Call =
  | { id: number; kind: 'start'; options: EngineOptions }
  | { id: number; kind: 'ping' }
  | { id: number; kind: 'ask'; method: Asked; args: unknown[] }
  | { id: number; kind: 'beside'; module: string; question: unknown }
  | { id: number; kind: 'open'; method: Streamed; args: unknown[] }
  | { id: number; kind: 'pull' }
  | { id: number; kind: 'stop' };

/** What comes back: a value, a page of a stream, or why not; of an error that nobody caught under the id -1. */
export type Answer =
  | { id: number; value: unknown }
  | { id: number; items: unknown[]; done: boolean }
  | { id: number; error: string };

/** Log records in one buffer: sent one by one, each would cost more than its bytes. */
export interface PackedRecords {
  bytes: ArrayBuffer;
  positions: number[];
  ends: number[];
}

/** Puts records into one buffer. */
export function packRecords(records: readonly LogRecord[]): PackedRecords {
  const whole = new Uint8Array(records.reduce((sum, { bytes }) => sum + bytes.length, 0));
  const ends: number[] = [];
  let end = 0;
  for (const { bytes } of records) {
    whole.set(bytes, end);
    end += bytes.length;
    ends.push(end);
  }
  return { bytes: whole.buffer, positions: records.map(({ position }) => position), ends };
}

/** The reverse of `packRecords`; the records share the buffer. */
export function unpackRecords({ bytes, positions, ends }: PackedRecords): LogRecord[] {
  return positions.map((position, i) => {
    const start = ends[i - 1] ?? 0;
    return { position, bytes: new Uint8Array(bytes, start, (ends[i] ?? start) - start) };
  });
}
