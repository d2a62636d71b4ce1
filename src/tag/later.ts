import type { Capture, ConsentSource } from '../browser/contracts.js';

/** Imports a file that lies beside the script; it stays optional: without it the rest of the tag works on. */
function beside<Module>(name: string, scriptUrl: string): Promise<Module> {
  return import(new URL(`filrouge-${name}.js`, scriptUrl).href);
}

/** Starts something that comes later, and stops it also if that is asked before it came. */
function startLater(coming: Promise<() => () => void>, name: string): () => void {
  let stopped = false;
  let stop = () => {
    stopped = true;
  };
  coming.then(
    (start) => {
      if (!stopped) stop = start();
    },
    () => console.warn('filrouge', name),
  );
  return () => stop();
}

/** The vitals capture, which is a file of its own for its size. */
export function laterVitals(scriptUrl: string): Capture {
  return {
    name: 'vitals',
    start: (emit) =>
      startLater(
        beside<{ vitals(): Capture }>('vitals', scriptUrl).then(
          ({ vitals }) =>
            () =>
              vitals().start(emit),
        ),
        'vitals',
      ),
  };
}

/** A consent platform by its name, e.g. `klaro`; until its file has come, everything is pending. */
export function laterConsent(name: string, scriptUrl: string): ConsentSource {
  return {
    name,
    watch: (report) =>
      startLater(
        beside<{ [factory: string]: (() => ConsentSource) | undefined }>(`consent-${name}`, scriptUrl).then(
          (module) => {
            const source = module[name]?.();
            return () => source?.watch(report) ?? (() => {});
          },
        ),
        name,
      ),
  };
}
