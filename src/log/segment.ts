import { closeSync, openSync, read as readCallback } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';

const read = promisify(readCallback);
const CHUNK_BYTES = 1024 * 1024;
const MAX_RECORD_BYTES = 64 * 1024 * 1024;
const MARK_EVERY_BYTES = 256 * 1024;

/** Bytes in front of each record: marker 4, length 4, position 6, checksum 4. */
export const HEADER_BYTES = 18;

/** One file of the log. `size` counts the durable bytes only; what lies behind it was never acknowledged. */
export interface Segment {
  path: string;
  /** No record in it has a lower position. */
  first: number;
  /** The marker of its records and seed of their checksums: random, so that no sender can forge a record inside a record. */
  salt: number;
  size: number;
  /** Some positions and where they are, so that reading from the end does not start at the beginning. */
  marks: { position: number; offset: number }[];
  /** Set once a rewritten file has taken its place. */
  replaced: boolean;
}

/** A record and where it lies in its segment. */
export interface Frame {
  position: number;
  bytes: Buffer;
  offset: number;
  end: number;
}

/** Bytes of a segment that are no record any more. */
export interface Damage {
  segment: Segment;
  offset: number;
  bytes: number;
}

/** The file name says the first position and the salt: both survive whatever happens to the bytes inside. */
export function segmentName(first: number, salt: number): string {
  return `${String(first).padStart(16, '0')}-${salt.toString(16).padStart(8, '0')}.log`;
}

/** The reverse of `segmentName`; undefined for other files. */
export function parseSegment(path: string, size: number): Segment | undefined {
  const [, first, salt] = /^(\d{16})-([0-9a-f]{8})\.log$/.exec(basename(path)) ?? [];
  if (!first || !salt) return undefined;
  return { path, first: Number(first), salt: Number.parseInt(salt, 16), size, marks: [], replaced: false };
}

/** Writes the header of a record into `target` at `at`. */
export function writeHeader(target: Buffer, at: number, salt: number, position: number, bytes: Uint8Array): void {
  target.writeUInt32BE(salt, at);
  target.writeUInt32BE(bytes.length, at + 4);
  target.writeUIntBE(position, at + 8, 6);
  target.writeUInt32BE(checksum(target, at, salt, bytes), at + 14);
}

function checksum(header: Buffer, at: number, salt: number, bytes: Uint8Array): number {
  return crc32(bytes, crc32(header.subarray(at + 4, at + 14), salt));
}

/** Notes where a record starts, if the last note is far enough away. */
export function addMark(segment: Segment, position: number, offset: number): void {
  const last = segment.marks.at(-1);
  if (offset >= (last ? last.offset + MARK_EVERY_BYTES : MARK_EVERY_BYTES)) segment.marks.push({ position, offset });
}

/** The best known offset from which to look for the records after a position. */
export function offsetAfter(marks: Segment['marks'], position: number): number {
  let offset = 0;
  for (const mark of marks) {
    if (mark.position > position + 1) break;
    offset = mark.offset;
  }
  return offset;
}

/**
 * Yields the records of a segment from an offset up to its (growing) size. Where bytes are no record, it searches for
 * the next one by marker and checksum and reports what lies between. Ends early when the segment is replaced.
 */
export async function* frames(segment: Segment, from: number, onDamage: (d: Damage) => void): AsyncGenerator<Frame> {
  const window = openWindow(segment);
  let offset = from;
  while (offset < segment.size) {
    const frame = await frameAt(segment, window, offset);
    if (frame) {
      addMark(segment, frame.position, offset);
      yield frame;
      offset = frame.end;
    } else {
      const next = await nextFrame(segment, window, offset + 1);
      if (segment.replaced) return;
      onDamage({ segment, offset, bytes: next - offset });
      offset = next;
    }
  }
}

type Window = (offset: number, length: number) => Promise<Buffer | undefined>;

/** Reads through one buffer; undefined where the segment has fewer bytes, or was replaced. */
function openWindow(segment: Segment): Window {
  let start = 0;
  let buffer = Buffer.alloc(0);
  return async (offset, length) => {
    if (offset + length > segment.size) return undefined;
    if (offset < start || offset + length > start + buffer.length) {
      if (segment.replaced) return undefined;
      const wanted = Math.min(Math.max(length, CHUNK_BYTES), segment.size - offset);
      // Opened in the same tick as the check above (a rewrite renames and marks in one tick), and closed at once, so
      // that no reader keeps the bytes of a replaced file alive.
      const fd = openSync(segment.path, 'r');
      try {
        const fresh = Buffer.allocUnsafeSlow(wanted);
        const { bytesRead } = await read(fd, fresh, 0, wanted, offset);
        buffer = fresh.subarray(0, bytesRead);
        start = offset;
      } finally {
        closeSync(fd);
      }
      if (buffer.length < length) return undefined;
    }
    return buffer.subarray(offset - start, offset - start + length);
  };
}

async function frameAt(segment: Segment, window: Window, offset: number): Promise<Frame | undefined> {
  const header = await window(offset, HEADER_BYTES);
  if (header?.readUInt32BE(0) !== segment.salt) return undefined;
  const length = header.readUInt32BE(4);
  if (length > MAX_RECORD_BYTES) return undefined;
  const whole = await window(offset, HEADER_BYTES + length);
  if (!whole) return undefined;
  const bytes = whole.subarray(HEADER_BYTES);
  if (whole.readUInt32BE(14) !== checksum(whole, 0, segment.salt, bytes)) return undefined;
  return { position: whole.readUIntBE(8, 6), bytes, offset, end: offset + whole.length };
}

/** The offset of the next whole record, or the end of the segment. */
async function nextFrame(segment: Segment, window: Window, from: number): Promise<number> {
  const marker = Buffer.alloc(4);
  marker.writeUInt32BE(segment.salt);
  let offset = from;
  while (offset + HEADER_BYTES <= segment.size && !segment.replaced) {
    const part = await window(offset, Math.min(CHUNK_BYTES, segment.size - offset));
    if (!part) break;
    const hit = part.indexOf(marker);
    if (hit < 0) {
      // The marker may lie across the border of two parts.
      offset += Math.max(part.length - marker.length + 1, 1);
      continue;
    }
    offset += hit;
    if (await frameAt(segment, window, offset)) return offset;
    offset += 1;
  }
  return segment.size;
}
