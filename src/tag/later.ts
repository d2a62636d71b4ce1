import type { Capture, ConsentSource } from '../browser/contracts.js';

/** Imports a file that lies beside the script; it stays optional: without it the rest of the tag works on. */
function beside<Module>(name: string, scriptUrl: string): Promise<Module> {
  return import(new URL(`filrouge-${name}.js`, scriptUrl).href);
}

/** Starts something that comes later, and stops it also if that is asked before it came. */
function startLater(coming: Promise<() => () => void>): () => void {
  let stopped = false;
  let stop = () => {
    stopped = true;
  };
  coming.then(
    (start) => {
      if (!stopped) stop = start();
    },
    // It says which file did not come, or what was wrong with the name.
    (error) => console.warn('filrouge', error),
  );
  return () => stop();
}

/** A capture by its name, in a file of its own for its size. A name that has none is warned about. */
export function laterCapture(name: string, scriptUrl: string): Capture {
  const start: Capture['start'] = (emit) =>
    startLater(
      beside<{ [factory: string]: (() => Capture) | undefined }>(name, scriptUrl).then(
        (module) => () => module[name]?.().start(emit) ?? (() => {}),
      ),
    );
  return { name, start };
}

interface Named {
  named(names: string, map: unknown, scriptUrl: string): Promise<ConsentSource>;
}

/**
 * Consent platforms by their names, put together in a file of its own; until it and theirs have come, everything is
 * pending. `map` is the site's own mapping of purposes.
 */
export function laterConsent(names: string, map: unknown, scriptUrl: string): ConsentSource {
  const load = async () => (await beside<Named>('consent-named', scriptUrl)).named(names, map, scriptUrl);
  return {
    name: names,
    watch: (report) => startLater(load().then((source) => () => source.watch(report))),
  };
}
