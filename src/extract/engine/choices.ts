import type { LabelKey } from "../labels/label-key.ts";
import type { LabelHit } from "./labels.ts";
import type { Reading } from "./reading.ts";
import type { Piece } from "./view.ts";

/** A candidate for a field: what it would be, where it stands, how much speaks for it (0..1). */
export interface Choice<T> {
  readonly value: T;
  readonly pieces: readonly Piece[];
  readonly score: number;
}

/** The hits that announce one of the keys, in reading order. */
export function hitsOf(reading: Reading, keys: readonly LabelKey[]): readonly LabelHit[] {
  const known = knownHits(reading);
  const name = keys.join(" ");
  const before = known.get(name);
  if (before) return before;
  const found: LabelHit[] = [];
  for (const hits of reading.labels.values()) {
    for (const hit of hits) if (keys.some((key) => hit.keys.has(key))) found.push(hit);
  }
  known.set(name, found);
  return found;
}

const HITS = new WeakMap<Reading, Map<string, readonly LabelHit[]>>();

function knownHits(reading: Reading): Map<string, readonly LabelHit[]> {
  const known = HITS.get(reading);
  if (known) return known;
  const made = new Map<string, readonly LabelHit[]>();
  HITS.set(reading, made);
  return made;
}

/** One choice a value: the best place, raised a little by every further place that says the same. */
export function mergeChoices<T>(choices: readonly Choice<T>[], keyOf: (value: T) => string): Choice<T>[] {
  const merged = new Map<string, Choice<T>>();
  for (const choice of [...choices].sort((a, b) => b.score - a.score)) {
    const key = keyOf(choice.value);
    const known = merged.get(key);
    if (!known) merged.set(key, choice);
    else merged.set(key, { ...known, score: known.score + (1 - known.score) * 0.2 * choice.score });
  }
  return [...merged.values()].sort((a, b) => b.score - a.score);
}
