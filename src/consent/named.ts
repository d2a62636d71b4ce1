import type { ConsentSource } from '../browser/contracts.js';
import { everyPurpose } from '../browser/gate.js';
import { strictest } from './strictest.js';

type Factories = { [factory: string]: ((...options: unknown[]) => ConsentSource) | undefined };

/**
 * What the tag's `data-consent` names: consent platforms with spaces or commas between, e.g. `gpc klaro`, of which the
 * strictest answer counts; `granted` among them stands for no banner. Their files lie beside the script. `map` is the site's
 * own mapping of purposes. Rejects when a file cannot be had: then everything stays pending.
 */
export async function named(names: string, map: unknown, scriptUrl: string): Promise<ConsentSource> {
  const load = async (name: string) => {
    if (name === 'granted') return everyPurpose(name);
    const module: Factories = await import(new URL(`filrouge-consent-${name}.js`, scriptUrl).href);
    // The first argument of gpc is no map.
    const source = map && name !== 'gpc' ? module[name]?.(map) : module[name]?.();
    if (!source) throw new Error(`filrouge: data-consent="${name}" names no consent platform`);
    return source;
  };
  return strictest(
    ...(await Promise.all(
      names
        .split(/[\s,]+/)
        .filter(Boolean)
        .map(load),
    )),
  );
}
