/** How often one who waits looks whether its turn has come. */
const LOOK_MS = 10;
/** One who has not looked for so long has gone: its request was cancelled. */
const GONE_MS = 5_000;
/** Longer than any piece of work takes: who holds it for longer was cancelled in the middle of it. */
const HELD_MS = 90_000;

/**
 * A queue of one: what it runs has the isolate's memory to itself, in the order of asking.
 * An isolate has 128 MB, and two documents in wasm at once do not fit.
 *
 * Nobody waits on another request's promise: a request that is cancelled never settles its own.
 * Each looks by its own timer instead, and passes over those who have gone.
 */
export function createExclusive(
  clock: () => number = Date.now,
  wait: (ms: number) => Promise<unknown> = (ms) => scheduler.wait(ms),
): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: { lookedMs: number }[] = [];
  let holder: { sinceMs: number } | null = null;

  const isMyTurn = (me: { lookedMs: number }): boolean => {
    const nowMs = clock();
    me.lookedMs = nowMs;
    while (waiting[0] && waiting[0] !== me && nowMs - waiting[0].lookedMs > GONE_MS) waiting.shift();
    if (holder && nowMs - holder.sinceMs > HELD_MS) holder = null;
    return holder === null && waiting[0] === me;
  };

  return async (work) => {
    const me = { lookedMs: clock() };
    waiting.push(me);
    while (!isMyTurn(me)) {
      if (!waiting.includes(me)) waiting.push(me);
      await wait(LOOK_MS);
    }
    waiting.shift();
    const mine = { sinceMs: clock() };
    holder = mine;
    try {
      return await work();
    } finally {
      if (holder === mine) holder = null;
    }
  };
}
