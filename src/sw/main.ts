import { everyPurpose } from '../browser/gate.js';
import type { Tracker } from '../browser/options.js';
import { deliverInBackground } from './page.js';
import { flushOnSync } from './worker.js';

/** What the tag put on the page: its queue of early calls, or the tracker itself. */
type Tag = Partial<Tracker> & { q?: unknown[] };

// One file for both ends, so that they are always of the same version: a script tag of the page, and what its worker
// imports.
if ('document' in globalThis) startPage(document.currentScript);
else flushOnSync();

function startPage(script: HTMLOrSVGScriptElement | null): void {
  const tag = (): Tag | undefined => Reflect.get(window, 'filrouge');
  deliverInBackground(
    {
      consent() {
        const { q, consent } = tag() ?? {};
        return (!q && consent?.()) || everyPurpose('pending');
      },
    },
    { workerUrl: script?.dataset.worker ?? '/filrouge-sw.js' },
  );
}
