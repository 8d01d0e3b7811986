import type { DraftValue } from "../engine/draft.ts";

/** By how much a declared value has to be surer than one that the type's own reading found. */
const LEAD = 0.12;

/**
 * One reading out of two: of a single value the surer one; of an array the reading that tells more of it, whole, as
 * rows of two readings cannot be told apart. `own` wins a tie.
 */
export function mergeDrafts(own: readonly DraftValue[], declared: readonly DraftValue[]): DraftValue[] {
  const [first, second] = [byArray(own), byArray(declared)];
  const single = new Map<string, DraftValue>();
  for (const value of [...(first.get("") ?? []), ...(second.get("") ?? [])]) {
    const known = single.get(value.pointer);
    if (!known || value.confidence > known.confidence + LEAD) single.set(value.pointer, value);
  }
  const merged = [...single.values()];
  for (const array of new Set([...first.keys(), ...second.keys()])) {
    if (array === "") continue;
    const [mine, theirs] = [first.get(array) ?? [], second.get(array) ?? []];
    merged.push(...(weightOf(mine) >= weightOf(theirs) ? mine : theirs));
  }
  return merged;
}

/** Values by the pointer of the outermost array that they stand in; `""` for those that stand in none. */
function byArray(values: readonly DraftValue[]): Map<string, DraftValue[]> {
  const groups = new Map<string, DraftValue[]>();
  for (const value of values) {
    const array = /^(.*?)\/\d+(?:\/|$)/.exec(value.pointer)?.[1] ?? "";
    const group = groups.get(array);
    if (group) group.push(value);
    else groups.set(array, [value]);
  }
  return groups;
}

function weightOf(values: readonly DraftValue[]): number {
  return values.reduce((sum, value) => sum + value.confidence, 0);
}
