import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory, syncDirectory } from '../log/disk.js';
import { lockDirectory } from '../log/lock.js';
import { replaceFile } from '../log/replace-file.js';
import type { AudienceBook, SiteDay } from './contract.js';
import { createDayClock } from './day-clock.js';
import { countView, type DayCounts, readDay, siteDays, writeDay } from './day-counts.js';

/** Options of `audienceBook`. */
export interface AudienceBookOptions {
  /** A directory of its own; made if absent. One process at a time. */
  directory: string;
  /** IANA time zone of days and hours; default UTC. What was counted in another one stays as it was. */
  timezone?: string;
  /** The clock, milliseconds since 1970. */
  now?: () => number;
}

/** Views of so long are written together, and longer where writing takes long: it replaces the day's whole file. */
const GATHER_MS = 100;
const MOST_GATHER_MS = 2000;
const SHARE_OF_WRITING = 2;
const DAY_FILE = /^(\d{4}-\d\d-\d\d)\.json$/;

/**
 * A book of one small file a day. There is no journal, because a journal's lines would be single views: what is on disk are
 * sums, each day replaced as a whole (written beside, synced, renamed), so that a crash leaves the day before or after.
 */
export async function audienceBook(options: AudienceBookOptions): Promise<AudienceBook> {
  const { directory, timezone = 'UTC', now = Date.now } = options;
  const clock = createDayClock(timezone);
  await makeDirectory(directory, 0o700);
  const unlock = lockDirectory(directory);
  const pathOf = (day: string) => join(directory, `${day}.json`);
  /** Today, and the day before it. */
  const days = new Map<string, Promise<DayCounts>>();
  const changed = new Set<string>();
  let writing: Promise<void> = Promise.resolve();
  let coming: Promise<void> | undefined;
  let gatherMs = GATHER_MS;

  const load = (day: string): Promise<DayCounts> => readFile(pathOf(day), 'utf8').then(parse(pathOf(day)), ifNone);

  const writeChanged = async (): Promise<void> => {
    const began = performance.now();
    for (const day of [...changed]) {
      const counts = await days.get(day);
      // Views that come while this is written change the day again.
      changed.delete(day);
      try {
        if (counts) await replaceFile(pathOf(day), writeDay(counts));
      } catch (error) {
        // Counted all the same: the next writing has them, and nobody sends them again.
        changed.add(day);
        throw error;
      }
    }
    gatherMs = Math.min(Math.max(GATHER_MS, (performance.now() - began) * SHARE_OF_WRITING), MOST_GATHER_MS);
    // The day before stays: a view that came at midnight may still be counted in it.
    const [oldest = ''] = [...days.keys()].sort();
    if (days.size > 2 && !changed.has(oldest)) days.delete(oldest);
  };
  const written = (): Promise<void> => {
    coming ??= writing
      .catch(() => undefined)
      .then(() => new Promise((resolve) => setTimeout(resolve, gatherMs)))
      .then(() => {
        if (coming) writing = coming;
        coming = undefined;
        return writeChanged();
      });
    return coming;
  };

  return {
    timezone,
    async add(view) {
      const { day, hour } = clock(now());
      let counts = days.get(day);
      if (!counts) days.set(day, (counts = load(day)));
      try {
        countView(await counts, view, hour);
      } catch (error) {
        days.delete(day);
        throw error;
      }
      changed.add(day);
      await written();
    },
    async read(from, to) {
      const found: SiteDay[] = [];
      const names = new Set([...(await dayNames(directory)), ...days.keys()]);
      for (const day of [...names].sort()) {
        if (day >= from && day <= to) found.push(...siteDays(day, await (days.get(day) ?? load(day))));
      }
      return found;
    },
    async expire(before) {
      const due = (await dayNames(directory)).filter((day) => day < before);
      for (const day of due) {
        days.delete(day);
        changed.delete(day);
        await rm(pathOf(day), { force: true });
      }
      if (due.length) await syncDirectory(directory);
      return due.length;
    },
    async close() {
      if (changed.size) await written().finally(unlock);
      else await writing.catch(() => undefined).finally(unlock);
    },
  };
}

function parse(path: string): (text: string) => DayCounts {
  return (text) => {
    try {
      return readDay(text);
    } catch (error) {
      throw new Error(`${path} cannot be read: restore it from a backup, or move it away.`, { cause: error });
    }
  };
}

function ifNone(error: NodeJS.ErrnoException): DayCounts {
  if (error.code === 'ENOENT') return new Map();
  throw error;
}

async function dayNames(directory: string): Promise<string[]> {
  return (await readdir(directory)).flatMap((name) => DAY_FILE.exec(name)?.[1] ?? []);
}
