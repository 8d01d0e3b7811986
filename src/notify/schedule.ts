const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long after an attempt the next one comes: some three days in all. */
const DELAYS_MS = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** Attempts that an event gets. */
export const MOST_ATTEMPTS = DELAYS_MS.length;
/** Share of a delay that chance takes off or adds, so that an endpoint that comes back is not run over. */
const JITTER = 0.1;

/**
 * How long to wait before attempt `attempt` (from 1), or null when there is none any more. `random` is 0..1;
 * what the endpoint asked for (`Retry-After`) counts where it is longer.
 */
export function delayBeforeMs(attempt: number, random: number, askedMs = 0): number | null {
  const delay = DELAYS_MS[attempt - 1];
  if (delay === undefined) return null;
  const jittered = Math.round(delay * (1 - JITTER + 2 * JITTER * random));
  return Math.max(jittered, Math.min(askedMs, 24 * HOUR));
}

/** What `Retry-After` says, in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3); 0 for nothing of use. */
export function retryAfterMs(header: string | null, nowMs: number): number {
  if (header === null) return 0;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * SECOND;
  const at = Date.parse(header);
  return Number.isNaN(at) ? 0 : Math.max(0, at - nowMs);
}
