import type { Applied, ChangeCounts, Store } from './contract.js';

type Changing = Pick<Store, 'append' | 'appendFrom' | 'erase' | 'revise'>;

/**
 * A store that counts its changes, also those that failed: part of one may have been made. What takes something back counts
 * when it begins, too: from then on nobody is shown what was counted before.
 */
export function countChanges<S extends Changing>(store: S): S & ChangeCounts {
  let changes = 0;
  let takenBack = 0;
  const { append, appendFrom, erase, revise } = store;
  async function adding<T>(change: Promise<T>, appliedOf: (result: T) => Applied): Promise<T> {
    let takesBack = true;
    try {
      const result = await change;
      takesBack = appliedOf(result).takesBack === true;
      return result;
    } finally {
      changes += 1;
      if (takesBack) takenBack += 1;
    }
  }
  async function taking<T>(change: () => Promise<T>): Promise<T> {
    takenBack += 1;
    try {
      return await change();
    } finally {
      changes += 1;
      takenBack += 1;
    }
  }
  return {
    ...store,
    append: (records) => adding(append(records), (applied) => applied),
    ...(appendFrom && {
      appendFrom: (...asked: Parameters<typeof appendFrom>) => adding(appendFrom(...asked), ({ applied }) => applied),
    }),
    erase: (identifier, at) => taking(() => erase(identifier, at)),
    revise: (revision) => taking(() => revise(revision)),
    changes: () => changes,
    takenBack: () => takenBack,
  };
}
