/** Is told of earlier figures while newer ones are counted. */
export type Draft<T> = (earlier: T) => void;

/**
 * Asks at the first call and gives every further call the same answer; after a failure the next call asks again. Of earlier
 * figures that come meanwhile, the latest caller is told.
 */
export function once<T>(ask: (draft: Draft<T>) => Promise<T>): (draft?: Draft<T>) => Promise<T> {
  let answer: Promise<T> | undefined;
  let earlier: { value: T } | undefined;
  let tell: Draft<T> = () => {};
  const note: Draft<T> = (value) => {
    earlier = { value };
    tell(value);
  };
  return (draft = () => {}) => {
    tell = draft;
    if (earlier) draft(earlier.value);
    answer ??= ask(note)
      .catch((error: unknown) => {
        answer = undefined;
        throw error;
      })
      .finally(() => {
        earlier = undefined;
      });
    return answer;
  };
}
