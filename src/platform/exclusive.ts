/**
 * A queue of one: what it runs has the isolate's memory to itself, in the order of asking.
 * An isolate has 128 MB, and two documents in wasm at once do not fit.
 */
export function createExclusive(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
