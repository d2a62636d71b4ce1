import type { Capture, ConsentSource } from '../browser/contracts.js';

/** Imports a file that lies beside the script; it stays optional: without it the rest of the tag works on. */
function beside<Module>(name: string, scriptUrl: string): Promise<Module> {
  return import(new URL(`filrouge-${name}.js`, scriptUrl).href);
}

/** What does not come is warned about; the error says which file, or what was wrong with the name. */
function warn(error: unknown): void {
  console.warn('filrouge', error);
}

/** A capture by its name, in a file of its own for its size. */
export function laterCapture(name: string, scriptUrl: string): Capture {
  return {
    name,
    start(emit, signal) {
      beside<{ [factory: string]: (() => Capture) | undefined }>(name, scriptUrl)
        .then((module) => signal.aborted || module[name]?.().start(emit, signal))
        .catch(warn);
    },
  };
}

interface Named {
  named(names: string, map: unknown, scriptUrl: string): Promise<ConsentSource>;
}

/**
 * Consent platforms by their names, put together in a file of its own; until it and theirs have come, everything is
 * pending, and stays so where something is wrong. `map` is the site's own mapping of purposes, as JSON.
 */
export function laterConsent(names: string, map: string, scriptUrl: string): ConsentSource {
  const load = async () => (await beside<Named>('consent-named', scriptUrl)).named(names, JSON.parse(map), scriptUrl);
  return {
    name: names,
    watch(report) {
      let isStopped = false;
      let stop: (() => void) | undefined;
      load()
        .then((source) => {
          if (!isStopped) stop = source.watch(report);
        })
        .catch(warn);
      return () => {
        isStopped = true;
        stop?.();
      };
    },
  };
}
