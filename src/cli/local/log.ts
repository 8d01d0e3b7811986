import { appendFile, rename, stat } from "node:fs/promises";
import type { PlatformLine } from "./platform.ts";
import { note, paint } from "../terminal.ts";

/** Shows warnings and errors of the Worker; `verbose` shows every line. */
export function showLine(line: PlatformLine, verbose: boolean): void {
  const serious = line.level === "error" || line.level === "warn";
  if (!serious && !verbose) return;
  const style = line.level === "error" ? "red" : line.level === "warn" ? "yellow" : "dim";
  note(paint(style, line.message, process.stderr));
}

const MAX_LOG_BYTES = 8_000_000;

/** Keeps a platform's lines in a file, in the order in which they came. A large file is put aside first. */
export function fileLog(path: string): (line: PlatformLine) => void {
  let last: Promise<unknown> = putAside(path);
  return (line) => {
    last = last.then(() => appendFile(path, `${line.message}\n`, { mode: 0o600 })).catch(() => undefined);
  };
}

async function putAside(path: string): Promise<void> {
  const size = await stat(path).then(
    (info) => info.size,
    () => 0,
  );
  if (size > MAX_LOG_BYTES) await rename(path, `${path}.old`).catch(() => undefined);
}
