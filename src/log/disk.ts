import { type FileHandle, mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes all parts from an offset on. */
export async function writeAll(handle: FileHandle, parts: Uint8Array[], at: number): Promise<void> {
  const whole = Buffer.concat(parts);
  await writeBytes(handle, whole, whole.length, at);
}

/** Writes the first `total` bytes from an offset on. The system may take fewer than offered; then the rest follows. */
export async function writeBytes(handle: FileHandle, bytes: Uint8Array, total: number, at: number): Promise<void> {
  for (let written = 0; written < total; ) {
    const { bytesWritten } = await handle.write(bytes, written, total - written, at + written);
    written += bytesWritten;
  }
}

/**
 * Makes a directory, and those above it, where they do not exist. Node's own recursive `mkdir` goes round for ever where one
 * above is there but can hold nothing: a link to a disk that is not mounted, or anything below /proc.
 */
export async function makeDirectory(path: string, mode?: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeDirectory(dirname(path), mode);
    await mkdir(path, { mode });
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
