import type { QueuedEvent, ReportProblem } from './contracts.js';
import { openDisk } from './disk.js';
import { openJournal } from './journal.js';

/** Events that wait for one collector: a mirror in memory, IndexedDB behind it, a journal for the last tick. */
export interface Queue {
  /** Adopts what earlier pages left on this device, then calls `onAdopted`. Needs consent. */
  open(): void;
  /** In memory at once, on disk in one transaction at the end of this tick (unless not `durable`). */
  add(event: QueuedEvent, durable: boolean): void;
  /** Oldest first. */
  pending(): QueuedEvent[];
  /** Forgets what another tab has delivered meanwhile. */
  prune(): Promise<void>;
  remove(ids: readonly string[]): void;
  /** Saves synchronously what the disk has not confirmed; for a page that is going away. */
  journal(): void;
  /** Removes everything, also what earlier pages left on this device. */
  purge(): void;
}

const MAX_EVENTS = 10_000;
const MAX_CHARS = 16_000_000;
/** Small, because it is for the events of one last tick; localStorage belongs to the site. */
const JOURNAL_CHARS = 1_000_000;

/** Where an event is besides memory. */
type Kept = 'nowhere' | 'soon' | 'disk';

/** Creates the queue; the device's storage is not touched before `open` or the first durable event. */
export function createQueue(name: string, problem: ReportProblem, onAdopted: () => void): Queue {
  const mirror = new Map<string, QueuedEvent & { kept: Kept }>();
  const disk = openDisk(name);
  const journal = openJournal(`${name} `);
  let unsaved: QueuedEvent[] = [];
  let chars = 0;
  let opened = false;
  let loaded = false;

  const put = (event: QueuedEvent, kept: Kept) => {
    if (mirror.has(event.id)) return;
    chars += event.json.length;
    while (mirror.size >= MAX_EVENTS || (mirror.size && chars > MAX_CHARS)) dropLeast();
    mirror.set(event.id, { ...event, kept });
    if (kept === 'soon' && unsaved.push(event) === 1) queueMicrotask(save);
  };

  const dropLeast = () => {
    const all = [...mirror.values()];
    const least = all.find((event) => event.minor) ?? all[0];
    if (least) remove([least.id]);
    problem('queue-full', least?.id);
  };

  /** Once told, a broken disk is left alone: the queue carries on in memory. */
  const onDiskError = (error: unknown) => {
    if (loaded || !opened) problem('storage-failed', error);
    loaded = false;
  };

  const save = () => {
    const batch = unsaved;
    unsaved = [];
    disk.put(batch).then(() => {
      for (const { id } of batch) {
        const event = mirror.get(id);
        if (event) event.kept = 'disk';
        journal.erase(id);
      }
    }, onDiskError);
  };

  const take = (id: string) => {
    chars -= mirror.get(id)?.json.length ?? 0;
    mirror.delete(id);
    journal.erase(id);
  };

  const remove = (ids: readonly string[]) => {
    const saved = ids.filter((id) => mirror.get(id)?.kept !== 'nowhere');
    ids.forEach(take);
    if (saved.length) disk.remove(saved).catch(onDiskError);
  };

  return {
    open() {
      if (opened) return;
      opened = true;
      for (const event of journal.read()) put(event, 'soon');
      const adopt = (events: QueuedEvent[]) => {
        loaded = true;
        for (const event of events) put(event, 'disk');
      };
      disk
        .load()
        .then(adopt)
        .catch((error) => problem('storage-failed', error))
        .finally(onAdopted);
    },
    add: (event, durable) => put(event, durable ? 'soon' : 'nowhere'),
    pending: () => [...mirror.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    async prune() {
      if (!loaded) return;
      const ids = new Set((await disk.ids().catch(onDiskError)) ?? mirror.keys());
      for (const { id, kept } of mirror.values()) if (kept === 'disk' && !ids.has(id)) take(id);
    },
    remove,
    journal() {
      let room = JOURNAL_CHARS;
      for (const event of mirror.values()) {
        if (event.kept === 'soon' && (room -= event.json.length) > 0) journal.write(event);
      }
    },
    purge() {
      for (const { id } of journal.read()) journal.erase(id);
      for (const id of mirror.keys()) take(id);
      unsaved = [];
      opened = loaded = false;
      disk.erase();
    },
  };
}
