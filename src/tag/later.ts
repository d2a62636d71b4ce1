import type { Capture, ConsentSource } from '../browser/contracts.js';
import { everyPurpose } from '../browser/gate.js';

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

/** A capture by its name, in a file of its own for its size. A name that has none is warned about. */
export function laterCapture(name: string, scriptUrl: string): Capture {
  const start: Capture['start'] = (emit) =>
    startLater(
      beside<{ [factory: string]: (() => Capture) | undefined }>(name, scriptUrl).then(
        (module) => () => module[name]?.().start(emit) ?? (() => {}),
      ),
      name,
    );
  return { name, start };
}

type Factories = { [factory: string]: ((...options: unknown[]) => ConsentSource) | undefined };

/**
 * Consent platforms by their names, e.g. `klaro` or `gpc klaro`, where the strictest answer counts; `granted` among them
 * stands for no banner. Until their files have come, everything is pending. `map` is the site's own mapping of purposes.
 */
export function laterConsent(names: string[], map: unknown, scriptUrl: string): ConsentSource {
  const load = async (name: string) => {
    if (name === 'granted') return everyPurpose(name);
    const factory = (await beside<Factories>(`consent-${name}`, scriptUrl))[name];
    // The first argument of gpc is no map.
    return map && name !== 'gpc' ? factory?.(map) : factory?.();
  };
  const combine = async () => {
    const sources = await Promise.all([beside<Factories>('consent-strictest', scriptUrl), ...names.map(load)]);
    const [{ strictest }, ...known] = sources;
    return strictest?.(...known);
  };
  return {
    name: names.join(' '),
    watch: (report) =>
      startLater(
        combine().then((source) => () => source?.watch(report) ?? (() => {})),
        'consent',
      ),
  };
}
