import { renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Session } from './database.js';
import { readMeta, writeMeta } from './schema.js';

/** Where the new file is written before it takes the place of the old one. */
const freshName = (file: string): string => `${file}.new`;

/** Remembers, in the transaction that deletes rows, that their bytes are still in the file. */
export async function markForScrub(session: Session): Promise<void> {
  await writeMeta(session, 'scrub', 'due');
}

/** Whether rows were deleted whose bytes are still in the file. */
export async function isScrubDue(session: Session): Promise<boolean> {
  return (await readMeta(session, 'scrub')) !== undefined;
}

/**
 * Writes all live rows into a new file next to the old one. The engine keeps deleted bytes in its blocks, so a new file
 * is the only way to be rid of them. `replaceBy` then puts it in place.
 */
export async function writeFresh(session: Session, file: string): Promise<void> {
  removeFresh(file);
  await session.run(`ATTACH '${freshName(file).replaceAll("'", "''")}' AS fresh`);
  const [own] = await session.rows<{ name: string }>('SELECT current_database() AS name');
  await session.run(`COPY FROM DATABASE "${own?.name.replaceAll('"', '""')}" TO fresh`);
  await session.run("DELETE FROM fresh.meta WHERE name = 'scrub'");
  await session.run('CHECKPOINT fresh');
  await session.run('DETACH fresh');
}

/**
 * Replaces the (closed) database file by the new one, durably, and opens it with `open`: a crash leaves one or the other, never
 * a mixture. When it fails, nothing is open any more.
 */
export async function replaceBy(file: string, open: () => Promise<void>): Promise<void> {
  try {
    await sync(freshName(file), 'r+');
    rmSync(`${file}.wal`, { force: true });
    renameSync(freshName(file), file);
    rmSync(`${freshName(file)}.wal`, { force: true });
    if (process.platform !== 'win32') await sync(dirname(file), 'r');
    await open();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${NOT_OPEN} ${why}`, { cause: error });
  }
}

/** How the sentence begins that says that the engine can do nothing more. */
export const NOT_OPEN = 'The database could not be opened again.';

/** Removes what a crash left: a new file that was not finished, and the engine's temporary files, which hold events. */
export function removeLeftovers(file: string): void {
  removeFresh(file);
  rmSync(`${file}.tmp`, { recursive: true, force: true });
}

function removeFresh(file: string): void {
  for (const path of [freshName(file), `${freshName(file)}.wal`]) rmSync(path, { force: true });
}

async function sync(path: string, flags: string): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
