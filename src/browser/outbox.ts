import type { Collector, QueuedEvent, ReportProblem } from './contracts.js';
import { createPace } from './pace.js';
import { createQueue } from './queue.js';
import { createSender } from './send.js';

/** The way to one collector, with its own queue, retry and pause. */
export interface Outbox {
  /** What must be granted, besides `analytics`, before an event goes here. */
  purpose: Collector['purpose'];
  /** It is told of a withdrawal. */
  ledger?: Collector['ledger'];
  /** Begins to use the disk and to send what earlier pages left. Needs consent. `anew` forgets what is in memory before. */
  open(anew?: boolean): void;
  take(event: QueuedEvent): void;
  /** Sends what waits; resolves when all of it was answered or a retry was scheduled. */
  flush(): Promise<void>;
  /** The page is going away: saves and sends synchronously what fits. */
  leave(): void;
  /** Consent was withdrawn: nothing stays on the device, and what waits is never sent, or with `finish` from memory. */
  purge(finish: boolean): void;
  stop(): void;
}

const BATCH_WAIT_MS = 500;
const DISK_WAIT_MS = 5000;

/** Creates the outbox; it touches neither disk nor network until it is opened or given an event. */
export function createOutbox(collector: Collector, problem: ReportProblem): Outbox {
  const name = `filrouge ${collector.name}`;
  const queue = createQueue(name, problem);
  let running: Promise<void> | undefined;
  let letGo = () => {};
  let away = false;
  let leaving = false;

  const drain = () =>
    // A deletion that waits for a tab which ignores it keeps every other page from the database, for as long as that lives.
    Promise.race([queue.sync(), new Promise((resolve) => setTimeout(resolve, DISK_WAIT_MS))]).then(() =>
      sender.send(false),
    );

  /** One tab sends at a time; leaving the page lets go of the lock, which would keep it out of the back/forward cache. */
  const work = () => Promise.race([drain(), new Promise<void>((resolve) => (letGo = resolve))]);

  const flush = async () => {
    away = document.hidden;
    // The timer of the retry stays.
    if (pace.isBlocked()) return;
    pace.begin();
    running ??= (async () => navigator.locks.request(name, work))()
      // Insecure pages have no locks, an opaque origin refuses them; two tabs may then send the same event, which the
      // receiver ignores.
      .catch(work)
      .catch((error) => problem('misconfigured', error))
      .finally(() => (running = undefined));
    return running;
  };

  const leave = () => {
    away = true;
    leaving = false;
    letGo();
    queue.journal();
    if (!pace.isBlocked()) void sender.send(true);
  };

  const pace = createPace(flush);
  const sender = createSender(collector, queue, pace, problem);

  return {
    ...collector,
    open(anew) {
      queue.open(anew);
      pace.soon(0);
    },
    take(event) {
      // A page that is hidden or left may end at any moment: what one tick adds leaves at its end.
      away ||= document.hidden;
      queue.take(event, away);
      // Where the collector fails, the retry is due by itself; each event of a hidden page would send all of them again.
      if (!away || pace.isFailing()) pace.soon(BATCH_WAIT_MS);
      else if (!leaving) {
        leaving = true;
        queueMicrotask(leave);
      }
    },
    flush,
    leave,
    purge(finish) {
      if (!finish) sender.cancel();
      queue.purge(finish);
    },
    stop() {
      pace.stop();
      sender.cancel();
    },
  };
}
