export interface KeyedQueue {
  /** Runs `task` once every earlier task of the same key has ended; other keys go on meanwhile. Fails as the task fails. */
  run<T>(key: string, task: () => Promise<T>): Promise<T>;
}

/** A lock per key for one process, in order of arrival. A key that nobody waits for costs nothing. */
export const keyedQueue = (): KeyedQueue => {
  const tails = new Map<string, Promise<unknown>>();

  return {
    run(key, task) {
      const result = (tails.get(key) ?? Promise.resolve()).then(task);
      const tail = result
        .catch(() => {})
        .then(() => {
          if (tails.get(key) === tail) tails.delete(key);
        });
      tails.set(key, tail);
      return result;
    },
  };
};
