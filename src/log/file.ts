import { unlink } from 'node:fs/promises';
import type { IngestLog, LogRecord } from './contract.js';
import { makeDirectory } from './disk.js';
import { lockDirectory } from './lock.js';
import { placesAfter } from './places.js';
import { openSegments, rewriteSegment } from './repair.js';
import { type Damage, frames, offsetAfter, type Segment } from './segment.js';
import { createWriter } from './writer.js';

/** What the file log noticed: bytes that cannot be read as records. `damaged` ones were once acknowledged. */
export interface LogProblem {
  /**
   * `damaged`: bytes in the middle changed on disk; the records around them are fine. `torn-tail`: the last write was
   * interrupted before it was acknowledged; its bytes were cut off.
   */
  code: 'damaged' | 'torn-tail';
  file: string;
  offset: number;
  bytes: number;
}

/** Options of `fileLog`. */
export interface FileLogOptions {
  /** Made if absent; one process at a time. */
  directory: string;
  /** A new file is begun when the last one has this many bytes; default 64 MiB. */
  segmentBytes?: number;
  /** Told about each damaged place once. */
  onProblem?: (problem: LogProblem) => void;
}

/**
 * The embedded log: append-only files of records with length and checksum. Appends that wait together are written and
 * synced together. Positions grow without reuse; after a repair or an erasure some are skipped.
 *
 * Plain files instead of a library: lmdb was considered, but the pages it frees keep erased bytes in its file.
 */
export async function fileLog(options: FileLogOptions): Promise<IngestLog> {
  const { directory, segmentBytes = 64 * 1024 * 1024, onProblem = () => {} } = options;
  const unlock = await claim(directory);
  try {
    const { segments, next, torn, bare } = await openSegments(directory);
    if (torn) onProblem({ code: 'torn-tail', file: torn.segment.path, offset: torn.offset, bytes: torn.bytes });
    const writer = createWriter({ directory, segments, next, segmentBytes });
    // The name of a new file remembers that positions are taken whose records were cut or erased.
    if (torn || bare.length) await writer.rotate();
    for (const path of bare) await unlink(path);
    return createLog({ segments, writer, directory, onDamage: reportOnce(onProblem), unlock });
  } catch (error) {
    unlock();
    throw error;
  }
}

async function claim(directory: string): Promise<() => void> {
  try {
    await makeDirectory(directory);
    return lockDirectory(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      throw new Error(`The log directory ${directory} cannot be written (${error.code}): check path and permissions.`, {
        cause: error,
      });
    }
    throw error;
  }
}

/** Every reader passes a damaged place; the owner hears of it once. */
function reportOnce(onProblem: (problem: LogProblem) => void): (damage: Damage) => void {
  const seen = new Set<string>();
  return ({ segment, offset, bytes }) => {
    const key = `${segment.path} ${offset}`;
    if (seen.has(key)) return;
    seen.add(key);
    onProblem({ code: 'damaged', file: segment.path, offset, bytes });
  };
}

interface Parts {
  directory: string;
  segments: Segment[];
  writer: ReturnType<typeof createWriter>;
  onDamage: (damage: Damage) => void;
  unlock: () => void;
}

function createLog({ directory, segments, writer, onDamage, unlock }: Parts): IngestLog {
  let rewriting: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;

  async function rewriteAll(edit: (record: LogRecord) => Uint8Array | undefined): Promise<number> {
    // Appends go on in a new file; everything up to here is sealed and can be replaced file by file.
    await writer.rotate();
    const active = segments.at(-1);
    let changed = 0;
    for (const segment of [...segments]) {
      if (segment !== active) changed += await rewriteSegment({ directory, segments, segment, edit, onDamage });
    }
    return changed;
  }

  return {
    append: writer.append,
    onAppend: writer.onAppend,
    last: () => writer.last(),
    bytes: () => segments.reduce((sum, segment) => sum + segment.size, 0),
    read: (after) => readAfter(segments, after, onDamage),
    places: (after) => placesAfter(segments, after),
    rewrite(edit) {
      const done = rewriting.then(() => rewriteAll(edit));
      rewriting = done.catch(() => {});
      return done;
    },
    close() {
      closing ??= rewriting.then(() => writer.close()).finally(unlock);
      return closing;
    },
  };
}

async function* readAfter(
  segments: Segment[],
  after: number,
  onDamage: (d: Damage) => void,
): AsyncGenerator<LogRecord> {
  let position = after;
  // The segment that may hold the next record: the last one that begins at or before it.
  let segment = segments.filter(({ first }) => first <= position + 1).at(-1) ?? segments[0];
  while (segment) {
    for await (const frame of frames(segment, offsetAfter(segment.marks, position), onDamage)) {
      if (frame.position <= position) continue;
      position = frame.position;
      yield { position, bytes: frame.bytes };
    }
    const { path, replaced } = segment;
    const i = segments.findIndex((candidate) => candidate.path === path);
    segment = segments[replaced ? i : i + 1];
  }
}
