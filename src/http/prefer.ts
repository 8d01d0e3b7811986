/**
 * Seconds that the client is ready to wait (RFC 7240, 4.3), at most `mostSeconds`; 0 without such a wish.
 * A malformed preference is none (RFC 7240, 2).
 */
export function preferredWait(header: string | undefined, mostSeconds: number): number {
  for (const preference of (header ?? "").split(",")) {
    const match = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(?:;.*)?$/i.exec(preference);
    if (match) return Math.min(Number(match[1]), mostSeconds);
  }
  return 0;
}
