import { addMark, HEADER_BYTES, type Segment, writeHeader } from './segment.js';

/** A group never holds more than this, unless one record alone does. */
const MAX_GROUP_BYTES = 16 * 1024 * 1024;
/** Buffers up to this size are used again. */
const MAX_SPARE_BYTES = 4 * 1024 * 1024;
const FIRST_BYTES = 256 * 1024;

/** A record in a group: where it lies, header included, and who waits for it. */
interface Waiting {
  at: number;
  end: number;
  resolve: (position: number) => void;
  reject: (error: unknown) => void;
}

/** Records that are written and synced together, one after the other in one buffer; their headers are blank at first. */
export interface Group {
  buffer: Buffer;
  size: number;
  records: Waiting[];
}

/** What waits for the disk. */
export interface Groups {
  /** Copies a record, made of parts, behind what waits already. */
  add(parts: readonly Uint8Array[]): Promise<number>;
  /** The oldest group, which takes no more records then. */
  take(): Group | undefined;
  /** Takes back the buffer of a group that is done. */
  recycle(group: Group): void;
}

/**
 * Collects records. They are copied into one buffer as they come, which costs less than to hand the disk a list of small
 * pieces: with 64 senders that list, and the objects around it, was a tenth of the work of a request.
 */
export function createGroups(): Groups {
  const waiting: Group[] = [];
  let spare: Buffer | undefined;

  function groupFor(bytes: number): Group {
    const last = waiting.at(-1);
    if (last && last.size + bytes <= MAX_GROUP_BYTES) return last;
    const buffer = spare ?? Buffer.allocUnsafeSlow(FIRST_BYTES);
    spare = undefined;
    const group: Group = { buffer, size: 0, records: [] };
    waiting.push(group);
    return group;
  }

  return {
    add(parts) {
      let bytes = HEADER_BYTES;
      for (const part of parts) bytes += part.length;
      const group = groupFor(bytes);
      const at = group.size;
      const end = at + bytes;
      if (end > group.buffer.length) grow(group, end);
      let offset = at + HEADER_BYTES;
      for (const part of parts) {
        group.buffer.set(part, offset);
        offset += part.length;
      }
      group.size = end;
      return new Promise((resolve, reject) => {
        group.records.push({ at, end, resolve, reject });
      });
    },
    take: () => waiting.shift(),
    recycle({ buffer }) {
      if (buffer.length <= MAX_SPARE_BYTES) spare = buffer;
    },
  };
}

function grow(group: Group, bytes: number): void {
  const larger = Buffer.allocUnsafeSlow(Math.max(bytes, group.buffer.length * 2));
  group.buffer.copy(larger, 0, 0, group.size);
  group.buffer = larger;
}

/** Fills in the headers of a group whose first record gets the position `first`. */
export function seal({ buffer, records }: Group, salt: number, first: number): void {
  for (let i = 0; i < records.length; i += 1) {
    const record = records[i];
    if (record) writeHeader(buffer, record.at, salt, first + i, buffer.subarray(record.at + HEADER_BYTES, record.end));
  }
}

/** Tells everybody that the group is on disk, from an offset of the segment on. */
export function acknowledge({ records }: Group, segment: Segment, first: number, from: number): void {
  for (let i = 0; i < records.length; i += 1) {
    const record = records[i];
    if (!record) continue;
    addMark(segment, first + i, from + record.at);
    record.resolve(first + i);
  }
}
