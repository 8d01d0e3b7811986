import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import type { Declaration } from "./declaration.ts";

/** Finds the declared values by their labels, the layout around them and what they look like. Pure. */
export function readDeclared(_reading: Reading, _declaration: Declaration): DraftValue[] {
  return [];
}
