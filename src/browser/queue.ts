import { attempt } from './attempt.js';
import type { QueuedEvent, ReportProblem } from './contracts.js';
import { openDisk } from './disk.js';
import { jot, journaled, strike } from './journal.js';

/** Events that wait for one collector: a mirror in memory, IndexedDB behind it, a journal for the last tick. */
export interface Queue {
  /**
   * Begins to use the device's storage and adopts the journal that earlier pages left. Needs consent. `anew` forgets what is in
   * memory before.
   */
  open(anew?: boolean): void;
  /** In memory at once; once opened, on disk in one transaction at the end of this tick, and when `leaving` in the journal now. */
  take(event: QueuedEvent, leaving?: boolean): void;
  /** Oldest first. */
  waiting(): MirroredEvent[];
  /** Adopts what other pages left on disk, forgets what they have delivered meanwhile. */
  sync(): Promise<void>;
  remove(ids: readonly string[]): void;
  /** Saves synchronously what the disk has not confirmed; for a page that is going away. */
  journal(): void;
  /** Removes everything from the device, also what earlier pages left there; with `finish` the memory keeps its copy. */
  purge(finish?: boolean): void;
}

/** An event in memory. */
interface MirroredEvent extends QueuedEvent {
  /** On disk, too. */
  saved?: boolean;
  /** Another page made it, and may have it on its way. */
  adopted?: boolean;
}

const MAX_EVENTS = 10_000;
const MAX_CHARS = 16_000_000;
/** Small, because it is for the events of one last tick; localStorage belongs to the site. */
const JOURNAL_CHARS = 1_000_000;

/** Creates the queue; the device's storage is not touched before `open`. */
export function createQueue(name: string, problem: ReportProblem): Queue {
  // Whoever deletes the database in a withdrawal tells us so besides; until then what we have is worth keeping.
  const disk = openDisk(name, () => mirror.forEach((event) => event.saved && stage(event)));
  const prefix = `${name} `;
  let mirror = new Map<string, MirroredEvent>();
  let unsaved: MirroredEvent[] = [];
  let chars = 0;
  let room = JOURNAL_CHARS;
  let opened = false;

  const onDiskError = (error: unknown) => problem('storage-failed', error);

  const add = (event: MirroredEvent) => {
    if (mirror.has(event.id)) return;
    mirror.set(event.id, event);
    chars += event.json.length;
    while (mirror.size > MAX_EVENTS || chars > MAX_CHARS) {
      const all = [...mirror.values()];
      const { id } = all.find(({ minor }) => minor) ?? all[0] ?? event;
      remove([id]);
      problem('queue-full', id);
    }
    if (opened && !event.saved) stage(event);
  };

  const stage = (event: MirroredEvent) => {
    event.saved = false;
    if (unsaved.push(event) < 2) queueMicrotask(save);
  };

  const save = () => {
    const batch = unsaved;
    unsaved = [];
    // Not after a withdrawal in this tick: even an empty transaction would create the database anew.
    if (!opened) return;
    // Only what still waits: WebKit fails the writes of a page in its cache, and they are tried again when it is back.
    disk((events) => void batch.forEach((event) => mirror.has(event.id) && events.put(event, event.id))).then(() => {
      batch.forEach((event) => {
        event.saved = true;
        strike(prefix + event.id);
      });
    }, onDiskError);
  };

  const note = ({ id, json, saved }: MirroredEvent) => {
    if (opened && !saved && (room -= json.length) > 0) jot(prefix + id, json);
  };

  const forget = (id: string) => {
    chars -= mirror.get(id)?.json.length ?? 0;
    mirror.delete(id);
    strike(prefix + id);
  };

  const remove = (gone: readonly string[]) => {
    gone.forEach(forget);
    if (opened) disk((events) => void gone.forEach((id) => events.delete(id))).catch(onDiskError);
  };

  const clear = () => {
    mirror = new Map();
    unsaved = [];
    chars = 0;
  };

  const waiting = () => [...mirror.values()].sort((a, b) => (a.id > b.id ? 1 : -1));

  return {
    open(anew) {
      if (opened && !anew) return;
      if (anew) clear();
      opened = true;
      journaled(prefix).forEach((key) => add({ id: key.slice(prefix.length), json: localStorage[key], adopted: true }));
    },
    take(event, leaving) {
      add(event);
      if (leaving) note(event);
    },
    waiting,
    async sync() {
      const before = mirror;
      const stored = opened && (await disk<QueuedEvent[]>((events) => events.getAll()).catch(onDiskError));
      // Another mirror: it was purged meanwhile.
      if (!stored || mirror !== before) return;
      const there = new Set(stored.map(({ id }) => id));
      mirror.forEach(({ id, saved }) => saved && !there.has(id) && forget(id));
      stored.forEach((event) => add({ ...event, saved: true, adopted: true }));
    },
    remove,
    journal() {
      room = JOURNAL_CHARS;
      mirror.forEach(note);
    },
    purge(finish) {
      const kept = mirror;
      clear();
      opened = false;
      if (finish) kept.forEach((event) => add({ ...event, saved: false }));
      journaled(prefix).forEach(strike);
      attempt(() => indexedDB.deleteDatabase(name));
    },
  };
}
