import type { Reading } from "./reading.ts";
import type { Segment } from "./view.ts";

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

/** A pure function of a segment that several fields ask: each segment is looked at once. */
export function oncePerSegment<T>(find: (segment: Segment) => T): (segment: Segment) => T {
  const found = new WeakMap<Segment, T>();
  return (segment) => {
    const known = found.get(segment);
    if (known !== undefined) return known;
    const made = find(segment);
    found.set(segment, made);
    return made;
  };
}
