import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { FieldWeights } from "./forest.ts";
import { scoreCandidates } from "./score-candidates.ts";
import type { Evidence, ScoredField } from "./scored-field.ts";

/** A value's place in `data`, its candidates, and what was learned about them. */
export interface ScoredRead {
  readonly pointer: string;
  readonly field: ScoredField;
  readonly weights: FieldWeights;
  /** Values that only follow from the rules' choice, and go when another is chosen. */
  readonly follows?: readonly string[];
}

/** What was read otherwise than the reader did is for a person to see, however well it fits. */
const MOST_REPAIRED = 0.65;

/** The rules' values with those of scored fields chosen again: by what was learned, or left out. */
export function rescore(
  values: readonly DraftValue[],
  reads: readonly ScoredRead[],
  evidence: Evidence,
): DraftValue[] {
  let kept = [...values];
  for (const read of reads) {
    const candidates = fits(read) ? read.field.candidates(evidence) : [];
    if (candidates.length === 0) continue;
    const rule = evidence.drafts.get(read.pointer);
    const [best] = scoreCandidates(candidates, read.weights);
    const given = best && best.confidence >= read.weights.threshold ? best : null;
    const same = given !== null && given.candidate.value === rule?.value;
    const gone = new Set([read.pointer, ...(same ? [] : (read.follows ?? []))]);
    kept = kept.filter((value) => !gone.has(value.pointer));
    if (!given) continue;
    const { candidate, confidence } = given;
    kept.push({
      pointer: read.pointer,
      value: candidate.value,
      cited: candidate.pieces.map((piece) => cite(piece)),
      confidence: candidate.repaired ? Math.min(MOST_REPAIRED, confidence) : confidence,
      ...(candidate.repaired ? { repaired: true } : {}),
      reader: "scored",
    });
  }
  return kept;
}

/** Weights of other features than the field has would choose by chance. */
function fits({ field, weights }: ScoredRead): boolean {
  return (
    weights.trees.length > 0 &&
    weights.features.length === field.features.length &&
    weights.features.every((name, index) => name === field.features[index])
  );
}
