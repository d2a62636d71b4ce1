import { randomInt } from 'node:crypto';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory, writeBytes } from './disk.js';
import { acknowledge, type Group, seal } from './group.js';
import { type Segment, segmentName } from './segment.js';

/** The file at the end of the log, the only one that is written to. One call at a time. */
export interface ActiveSegment {
  /** True when the next group belongs in a new file. */
  isFull(): boolean;
  /** Begins a new file, unless the last one is empty: then all others are sealed. */
  begin(): Promise<void>;
  /** Acknowledges the records of a group and resolves once they are on disk; rejects when they are not. */
  write(group: Group): Promise<void>;
  /** The last position that is on disk. */
  last(): number;
  close(): Promise<void>;
}

/** What it is made of. */
export interface ActiveSegmentOptions {
  directory: string;
  /** Shared with the readers; new files are added at the end. */
  segments: Segment[];
  /** The position of the next record. */
  next: number;
  segmentBytes: number;
}

/** No file is open until the first `begin`. */
export function createActiveSegment({
  directory,
  segments,
  next: first,
  segmentBytes,
}: ActiveSegmentOptions): ActiveSegment {
  let next = first;
  let durable = first - 1;
  let handle: FileHandle | undefined;
  let active: Segment | undefined;

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
    isFull: () => !active || active.size >= segmentBytes,
    async begin() {
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
    },
    async write(group) {
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
      const begin = next;
      next += group.records.length;
      durable = next - 1;
      acknowledge(group, active, begin, from);
    },
    last: () => durable,
    async close() {
      await handle?.close();
      handle = undefined;
    },
  };
}
