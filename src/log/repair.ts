import { renameSync } from 'node:fs';
import { open, readdir, stat, truncate, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogRecord } from './contract.js';
import { syncDirectory, writeAll } from './disk.js';
import { type Damage, frames, HEADER_BYTES, parseSegment, type Segment, writeHeader } from './segment.js';

const BUFFER_BYTES = 1024 * 1024;

/**
 * Lists the segments of a directory, oldest first, repairs the end of the last one, and says the next position. `bare` are
 * files at the end without a record, which are no segments any more; where there is one, its name alone may say which
 * positions are taken (the last records may have been erased), so it must stay until another file says so.
 */
export async function openSegments(
  directory: string,
): Promise<{ segments: Segment[]; next: number; torn: Damage | undefined; bare: string[] }> {
  const segments: Segment[] = [];
  for (const name of (await readdir(directory)).sort()) {
    const path = join(directory, name);
    // What a rewrite had not finished when the process died; the original is still there.
    if (name.endsWith('.log.new')) await unlink(path);
    const segment = parseSegment(path, (await stat(path).catch(() => undefined))?.size ?? 0);
    if (segment) segments.push(segment);
  }
  const tail = segments.at(-1);
  if (!tail) return { segments, next: 1, torn: undefined, bare: [] };
  const { last, torn } = await cutTail(tail);
  const bare: string[] = [];
  for (let end: Segment | undefined = tail; end?.size === 0; end = segments.at(-1)) {
    bare.push(end.path);
    segments.pop();
  }
  // Records that were cut may have been applied by a store: their positions are not used again.
  const skipped = torn ? Math.ceil(torn.bytes / HEADER_BYTES) : 0;
  return { segments, next: last + 1 + skipped, torn, bare };
}

/** Cuts the last file behind its last whole record. Damage before that stays where it is and is reported when read. */
async function cutTail(segment: Segment): Promise<{ last: number; torn: Damage | undefined }> {
  let last = segment.first - 1;
  let torn: Damage | undefined;
  const scan = frames(segment, 0, (damage) => {
    torn = damage;
  });
  for await (const frame of scan) {
    last = frame.position;
    torn = undefined;
  }
  if (!torn) return { last, torn };
  await truncate(segment.path, torn.offset);
  segment.size = torn.offset;
  return { last, torn };
}

interface Rewrite {
  directory: string;
  segments: Segment[];
  segment: Segment;
  edit: (record: LogRecord) => Uint8Array | undefined;
  onDamage: (damage: Damage) => void;
}

/**
 * Replaces one sealed segment by what `edit` makes of its records. The file is replaced only when something changes, or
 * when it has damaged bytes: nobody can say whose they are, so they go.
 */
export async function rewriteSegment(options: Rewrite): Promise<number> {
  const { directory, segments, segment } = options;
  const path = `${segment.path}.new`;
  try {
    const { changed, damaged, size } = await writeEdited(path, options);
    if (!changed && !damaged) {
      await unlink(path);
      return 0;
    }
    // In one tick with the marking: readers check the mark in the tick in which they open the file.
    renameSync(path, segment.path);
    segment.replaced = true;
    segments.splice(segments.indexOf(segment), 1, { ...segment, size, marks: [], replaced: false });
    await syncDirectory(directory);
    return changed;
  } catch (error) {
    await unlink(path).catch(() => {});
    throw error;
  }
}

async function writeEdited(path: string, { segment, edit, onDamage }: Rewrite) {
  const file = await open(path, 'w');
  let [changed, damaged, size, buffered] = [0, false, 0, 0];
  let parts: Uint8Array[] = [];
  const flush = async (): Promise<void> => {
    if (parts.length) await writeAll(file, parts, size);
    size += buffered;
    buffered = 0;
    parts = [];
  };
  try {
    const scan = frames(segment, 0, (damage) => {
      damaged = true;
      onDamage(damage);
    });
    for await (const { position, bytes } of scan) {
      const kept = edit({ position, bytes });
      if (kept !== bytes) changed += 1;
      if (!kept) continue;
      const header = Buffer.allocUnsafe(HEADER_BYTES);
      writeHeader(header, 0, segment.salt, position, kept);
      parts.push(header, kept);
      buffered += header.length + kept.length;
      if (buffered >= BUFFER_BYTES) await flush();
    }
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
  return { changed, damaged, size };
}
