import { appendFile } from "node:fs/promises";
import type { PlatformLine } from "./platform.ts";
import { note, paint } from "../terminal.ts";

/** Shows warnings and errors of the Worker; `verbose` shows every line. */
export function showLine(line: PlatformLine, verbose: boolean): void {
  const serious = line.level === "error" || line.level === "warn";
  if (!serious && !verbose) return;
  const style = line.level === "error" ? "red" : line.level === "warn" ? "yellow" : "dim";
  note(paint(style, line.message, process.stderr));
}

/** Keeps a platform's lines in a file, in the order in which they came. */
export function fileLog(path: string): (line: PlatformLine) => void {
  let last: Promise<unknown> = Promise.resolve();
  return (line) => {
    last = last.then(() => appendFile(path, `${line.message}\n`, { mode: 0o600 })).catch(() => undefined);
  };
}
