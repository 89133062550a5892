/** Runs one piece of work at a time, in the order in which they came: the lock of handlers that await more than once. */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.catch(() => {}); // its caller is told; the next in line must not be
    return result;
  };
}
