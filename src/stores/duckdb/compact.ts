import { renameSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Session } from './database.js';

/** Where the new file is written before it takes the place of the old one. */
const freshName = (file: string): string => `${file}.new`;

/**
 * Writes all live rows into a new file next to the old one. The engine keeps deleted bytes in its blocks, so a new file
 * is the only way to be rid of them. `swapFiles` then puts it in place.
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

/** Replaces the (closed) database file by the new one, durably: a crash leaves one or the other, never a mixture. */
export async function swapFiles(file: string): Promise<void> {
  await sync(freshName(file), 'r+');
  rmSync(`${file}.wal`, { force: true });
  renameSync(freshName(file), file);
  rmSync(`${freshName(file)}.wal`, { force: true });
  if (process.platform !== 'win32') await sync(dirname(file), 'r');
}

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
