import type { DocumentType } from "../model/extraction.ts";

/** Words of a type's own trade. `terms` are pieces of patterns for folded text, separated by bars. */
export interface Marks {
  readonly type: DocumentType;
  /** What each different term that is found weighs, for the first `most` of them. */
  readonly weight: number;
  readonly most: number;
  readonly pattern: RegExp;
}

export function marks(type: DocumentType, weight: number, most: number, terms: string): Marks {
  return { type, weight, most, pattern: new RegExp(`(?<![a-z])(?:${terms.replace(/\s*\n\s*/g, "")})`, "g") };
}
