import { randomInt } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { addMark, HEADER_BYTES, type Segment, segmentName, writeHeader } from './segment.js';

const MAX_GROUP_BYTES = 16 * 1024 * 1024;

interface Waiting {
  bytes: Uint8Array;
  resolve: (position: number) => void;
  reject: (error: unknown) => void;
}

interface WriterOptions {
  directory: string;
  /** Shared with the readers; the writer appends to the last one and adds new ones. */
  segments: Segment[];
  /** The position of the next record. */
  next: number;
  segmentBytes: number;
}

/** The appending side of the log: groups what waits into one write and one fdatasync, and begins new files. */
export function createWriter({ directory, segments, next, segmentBytes }: WriterOptions) {
  let waiting: Waiting[] = [];
  let handle: FileHandle | undefined;
  let active: Segment | undefined;
  let running: Promise<void> | undefined;
  let closed = false;
  const rotations: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  let durable = next - 1;
  const listeners = new Set<() => void>();

  /** Runs until nothing waits. One at a time, so that groups form while the disk is busy. */
  async function run(): Promise<void> {
    while (waiting.length || rotations.length) {
      const seals = rotations.splice(0);
      const group = takeGroup();
      try {
        if (seals.length || !active || active.size >= segmentBytes) await beginSegment();
        for (const { resolve } of seals) resolve();
        if (group.length) await writeGroup(group);
      } catch (error) {
        for (const { reject } of [...seals, ...group]) reject(error);
      }
    }
    // In the tick of the last look: whoever comes later starts a new run.
    running = undefined;
  }

  function start(): Promise<void> {
    // Not at once: what is appended in the same tick belongs in the same group.
    running ??= Promise.resolve().then(run);
    return running;
  }

  function takeGroup(): Waiting[] {
    let bytes = 0;
    const end = waiting.findIndex((one) => (bytes += one.bytes.length) > MAX_GROUP_BYTES);
    const group = end < 1 ? waiting : waiting.slice(0, end);
    waiting = end < 1 ? [] : waiting.slice(end);
    return group;
  }

  async function beginSegment(): Promise<void> {
    if (active?.size === 0) return;
    const salt = randomInt(1, 2 ** 32);
    const path = join(directory, segmentName(next, salt));
    const fresh = await open(path, 'wx');
    try {
      await syncDirectory(directory);
    } catch (error) {
      await fresh.close();
      await unlink(path);
      throw error;
    }
    await handle?.close();
    handle = fresh;
    active = { path, first: next, salt, size: 0, marks: [], replaced: false };
    segments.push(active);
  }

  async function writeGroup(group: Waiting[]): Promise<void> {
    if (!handle || !active) throw new Error('The log has no file to write to.');
    const from = active.size;
    const { parts, ends } = encodeGroup(group, active.salt, next);
    let written = false;
    try {
      await writeAll(handle, parts, from);
      written = true;
      await handle.datasync();
    } catch (error) {
      await undo(handle, active, { records: group.length, written });
      throw error;
    }
    active.size = from + (ends.at(-1) ?? 0);
    for (const [i, one] of group.entries()) {
      addMark(active, next, from + (ends[i - 1] ?? 0));
      durable = next;
      next += 1;
      one.resolve(durable);
    }
    for (const notify of listeners) notify();
  }

  /**
   * Cuts off what a failed write left (a full disk). After a failed sync the kernel may have dropped pages of the file,
   * and after a failed cut the records may still be there: then a new file is begun, and positions are not used again.
   */
  async function undo(
    failed: FileHandle,
    segment: Segment,
    what: { records: number; written: boolean },
  ): Promise<void> {
    const isCut = await failed.truncate(segment.size).then(
      () => true,
      () => false,
    );
    if (isCut && !what.written) return;
    if (!isCut) next += what.records;
    await failed.close().catch(() => {});
    handle = undefined;
    active = undefined;
    if (isCut && segment.size === 0) {
      segments.splice(segments.indexOf(segment), 1);
      await unlink(segment.path).catch(() => {});
    }
  }

  return {
    append(bytes: Uint8Array): Promise<number> {
      if (closed) return Promise.reject(new Error('The log is closed.'));
      return new Promise<number>((resolve, reject) => {
        waiting.push({ bytes, resolve, reject });
        void start();
      });
    },
    onAppend(notify: () => void): () => void {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
    /** Begins a new file, so that all others are sealed. */
    rotate(): Promise<void> {
      return new Promise<void>((resolve, reject) => {
        rotations.push({ resolve, reject });
        void start();
      });
    },
    last: () => durable,
    async close(): Promise<void> {
      closed = true;
      await running;
      await handle?.close();
      handle = undefined;
    },
  };
}

function encodeGroup(group: Waiting[], salt: number, first: number): { parts: Uint8Array[]; ends: number[] } {
  const headers = Buffer.allocUnsafe(group.length * HEADER_BYTES);
  const parts: Uint8Array[] = [];
  const ends: number[] = [];
  let end = 0;
  for (const [i, { bytes }] of group.entries()) {
    const at = i * HEADER_BYTES;
    writeHeader(headers, at, salt, first + i, bytes);
    parts.push(headers.subarray(at, at + HEADER_BYTES), bytes);
    end += HEADER_BYTES + bytes.length;
    ends.push(end);
  }
  return { parts, ends };
}

/** Writes all parts from an offset on; the system may take fewer bytes than offered, then the rest follows. */
export async function writeAll(handle: FileHandle, parts: Uint8Array[], at: number): Promise<void> {
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  let { bytesWritten: written } = await handle.writev(parts, at);
  if (written === total) return;
  const whole = Buffer.concat(parts);
  while (written < total) {
    const { bytesWritten } = await handle.write(whole, written, total - written, at + written);
    written += bytesWritten;
  }
}

/** Makes new names and removed names in a directory durable. Windows cannot open directories and does it by itself. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
