import type { FieldScore } from "./field-score.ts";
import type { Comparison } from "./normalise.ts";
import type { DocumentScore } from "./score.ts";

/** A value that is wrong, missing, or given where there is none. */
export interface Mistake {
  readonly file: string;
  readonly kind: string;
  readonly field: string;
  readonly compare: Comparison;
  readonly what: "wrong" | "missing" | "made up";
  readonly truth: string | null;
  readonly given: string | null;
  readonly confidence: number | null;
  /** Whether the truth stands in the text that was read. */
  readonly readable: boolean | null;
  readonly pointer: string | null;
}

/** What came out wrong, document by document. */
export function mistakes(scores: readonly DocumentScore[]): Mistake[] {
  return scores.flatMap((score) =>
    [...score.fields, ...score.cells].flatMap((field) => {
      const what = kindOf(field);
      if (what === null) return [];
      const { name, compare, truth, given, confidence, readable, pointer } = field;
      return [
        {
          file: score.file,
          kind: score.kind,
          field: name,
          compare,
          what,
          truth,
          given,
          confidence,
          readable,
          pointer,
        },
      ];
    }),
  );
}

function kindOf({ truth, given, right }: FieldScore): Mistake["what"] | null {
  if (truth === null) return given === null ? null : "made up";
  if (right) return null;
  return given === null ? "missing" : "wrong";
}
