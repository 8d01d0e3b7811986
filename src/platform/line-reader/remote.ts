import type { LineReader, Log } from "../../ports.ts";

/**
 * The line reader of another Worker, behind a service binding. Where it is not bound, or does not answer, nothing
 * is read a second time, and the log says so: a page has been read by then.
 */
export function createRemoteLineReader(bound: LineReader | undefined, log: Log): LineReader | null {
  if (!bound) {
    log.warn("line_reader_absent");
    return null;
  }
  return {
    read: async (lines) => {
      try {
        return await bound.read(lines);
      } catch (error) {
        log.warn("line_reader_failed", { lines: lines.length, reason: String(error).slice(0, 200) });
        return [];
      }
    },
  };
}
