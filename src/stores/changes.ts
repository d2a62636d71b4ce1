import type { Store } from './contract.js';

type Changing = Pick<Store, 'append' | 'appendFrom' | 'erase' | 'revise'>;

/** A store that counts its changes, also those that failed: part of one may have been made. */
export function countChanges<S extends Changing>(store: S): S & Required<Pick<Store, 'changes'>> {
  let changes = 0;
  const counted =
    <A extends unknown[], T>(change: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      try {
        return await change(...args);
      } finally {
        changes += 1;
      }
    };
  return {
    ...store,
    append: counted(store.append),
    ...(store.appendFrom && { appendFrom: counted(store.appendFrom) }),
    erase: counted(store.erase),
    revise: counted(store.revise),
    changes: () => changes,
  };
}
