import { compileMapping } from '../mapping.js';
import { compilePath } from '../path.js';
import type { Incoming, Webhook } from './contract.js';
import { checkHeader, checkPassword, type HmacAlgorithm, hmac, type Password } from './signature.js';

/** How a service of your own shows that it is itself. */
export type MappedProof =
  | Password
  | {
      /** The header with the HMAC of the body. */
      header: string;
      secret: string;
      algorithm?: HmacAlgorithm | undefined;
      encoding?: 'hex' | 'base64' | undefined;
      /** What stands before the HMAC, e.g. `sha256=`. */
      prefix?: string | undefined;
    };

/** Settings of `mapped`. */
export interface MappedSettings {
  proof: MappedProof;
  /** `MappingJson`; the first whose `when` applies decides. */
  events: readonly unknown[];
  /** Where the list of entries is, e.g. `$.items`; default: the body, or its elements where it is a list. */
  each?: string | undefined;
}

/** Any service that posts JSON, by a mapping of its fields. Throws `BadMapping`. */
export function mapped({ proof, events, each }: MappedSettings): Webhook {
  const mappings = events.map((one) => compileMapping(one));
  const path = each === undefined ? undefined : compilePath(each);
  if (each !== undefined && !path) throw new Error('each must be a place, e.g. "$.items".');
  return {
    verify: (incoming) => check(incoming, proof),
    read({ body }) {
      const value: unknown = JSON.parse(body);
      const entries = path ? path(value) : value;
      return (Array.isArray(entries) ? entries : [entries]).map((entry: unknown) => {
        for (const mapping of mappings) {
          const found = mapping.read(entry);
          if (found !== 'ignored') return found;
        }
        return 'ignored';
      });
    },
  };
}

function check({ headers, body }: Incoming, proof: MappedProof): string | undefined {
  if (!('header' in proof)) return checkPassword(headers, proof);
  const { header, secret, algorithm = 'sha256', encoding = 'hex', prefix = '' } = proof;
  return checkHeader(headers, header, prefix + hmac(algorithm, secret, body, encoding));
}
