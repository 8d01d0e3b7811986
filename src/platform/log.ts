import type { Log } from "../ports.ts";

type Sink = (line: string) => void;

/** One JSON line an event. What goes in are ids, counts and codes: never what a document says. */
export function createLog(sinks: { info: Sink; warn: Sink; error: Sink } = console): Log {
  const line = (level: string, event: string, fields: Record<string, unknown> = {}): string =>
    JSON.stringify({ level, event, ...fields });
  return {
    info: (event, fields) => sinks.info(line("info", event, fields)),
    warn: (event, fields) => sinks.warn(line("warn", event, fields)),
    error: (event, fields) => sinks.error(line("error", event, fields)),
  };
}
