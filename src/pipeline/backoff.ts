const BASE_MS = 1_000;
const CAP_MS = 5 * 60_000;

/**
 * How long to wait before another attempt: full jitter over an exponential
 * ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015), at least a second.
 * `attempt` counts from 1, `random` lies in [0, 1).
 */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 20));
  return Math.max(BASE_MS, Math.floor(random * ceiling));
}
