import { randomInt } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { acknowledge, createGroups, type Group, seal } from './group.js';
import { type Segment, segmentName } from './segment.js';

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
  const groups = createGroups();
  let handle: FileHandle | undefined;
  let active: Segment | undefined;
  let running: Promise<void> | undefined;
  let closed = false;
  const rotations: { resolve: () => void; reject: (error: unknown) => void }[] = [];
  let durable = next - 1;
  const listeners = new Set<() => void>();

  /** Runs until nothing waits. One at a time, so that groups form while the disk is busy. */
  async function run(): Promise<void> {
    for (let group = groups.take(); group || rotations.length; group = groups.take()) {
      const seals = rotations.splice(0);
      try {
        if (seals.length || !active || active.size >= segmentBytes) await beginSegment();
        for (const { resolve } of seals) resolve();
        if (group) await writeGroup(group);
      } catch (error) {
        for (const { reject } of [...seals, ...(group?.records ?? [])]) reject(error);
      }
      if (group) groups.recycle(group);
    }
    // In the tick of the last look: whoever comes later starts a new run.
    running = undefined;
  }

  function start(): Promise<void> {
    // Not at once: what is appended in the same tick belongs in the same group.
    running ??= Promise.resolve().then(run);
    return running;
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

  async function writeGroup(group: Group): Promise<void> {
    if (!handle || !active) throw new Error('The log has no file to write to.');
    const from = active.size;
    seal(group, active.salt, next);
    let written = false;
    try {
      await writeBytes(handle, group.buffer, group.size, from);
      written = true;
      await handle.datasync();
    } catch (error) {
      await undo(handle, active, { records: group.records.length, written });
      throw error;
    }
    active.size = from + group.size;
    const first = next;
    next += group.records.length;
    durable = next - 1;
    acknowledge(group, active, first, from);
    for (const notify of listeners) notify();
  }

  /**
   * Cuts off what a failed write left (a full disk). After a failed sync the kernel may have dropped pages of the file, or
   * written them and not the cut, and after a failed cut the records may still be there: then a new file is begun, and
   * positions are not used again, or after a power failure two records could have one.
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
    next += what.records;
    await failed.close().catch(() => {});
    handle = undefined;
    active = undefined;
    if (isCut && segment.size === 0) {
      segments.splice(segments.indexOf(segment), 1);
      await unlink(segment.path).catch(() => {});
    }
  }

  return {
    append(...parts: readonly Uint8Array[]): Promise<number> {
      if (closed) return Promise.reject(new Error('The log is closed.'));
      const position = groups.add(parts);
      void start();
      return position;
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

/** Writes all parts from an offset on. */
export async function writeAll(handle: FileHandle, parts: Uint8Array[], at: number): Promise<void> {
  const whole = Buffer.concat(parts);
  await writeBytes(handle, whole, whole.length, at);
}

/** The system may take fewer bytes than offered; then the rest follows. */
async function writeBytes(handle: FileHandle, bytes: Uint8Array, total: number, at: number): Promise<void> {
  for (let written = 0; written < total; ) {
    const { bytesWritten } = await handle.write(bytes, written, total - written, at + written);
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
