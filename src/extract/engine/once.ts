import type { Reading } from "./reading.ts";

/** A pure function of a reading that is asked the same more than once: it answers from what it found before. */
export function oncePerReading<Args extends readonly (string | null | readonly string[])[], T>(
  find: (reading: Reading, ...args: Args) => T,
): (reading: Reading, ...args: Args) => T {
  const found = new WeakMap<Reading, Map<string, T>>();
  return (reading, ...args) => {
    let known = found.get(reading);
    if (!known) found.set(reading, (known = new Map()));
    const key = JSON.stringify(args);
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = find(reading, ...args);
    known.set(key, made);
    return made;
  };
}
