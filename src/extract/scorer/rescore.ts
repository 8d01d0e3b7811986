import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import type { FieldWeights } from "./forest.ts";
import { scoreCandidates } from "./score-candidates.ts";
import { foldKey } from "../../model/fold.ts";
import type { Candidate, Evidence, NameEvidence, ScoredField } from "./scored-field.ts";

/** A value's place in `data`, its candidates, and what was learned about them. */
export interface ScoredRead<Seen = Evidence> {
  readonly pointer: string;
  readonly field: ScoredField<Seen>;
  readonly weights: FieldWeights;
  /** Values that only follow from the rules' choice, and go when another is chosen. */
  readonly follows?: readonly string[];
  /** Whether the rules' value stays where no candidate is sure enough, instead of none. */
  readonly keepsRule?: (rule: DraftValue) => boolean;
  /** Whether the fields behind it are chosen beside what was chosen, instead of what the rules gave. */
  readonly precedes?: boolean;
  /** What the choice leads to: it fills what is missing, and stands in the place of what went. */
  readonly renews?: (evidence: Seen, candidate: Candidate) => readonly DraftValue[];
  /** The pointer of a value that this one is not, as far as another is likely. */
  readonly unlike?: string;
}

/** What was read otherwise than the reader did is for a person to see, however well it fits. */
const MOST_REPAIRED = 0.65;

/** How sure another value has to be to be given in the place of one that is another field's. */
const ANOTHER = 0.25;

/** The rules' values with those of scored fields chosen again: by what was learned, or left out. */
export function rescore<Seen extends NameEvidence>(
  values: readonly DraftValue[],
  reads: readonly ScoredRead<Seen>[],
  evidence: Seen,
): DraftValue[] {
  let kept = [...values];
  // A day that is due follows from the day of issue that was chosen.
  const drafts = new Map(evidence.drafts);
  for (const read of reads) {
    const other = kept.find(({ pointer }) => pointer === read.unlike);
    const unlike = other ? foldKey(String(other.value)) : null;
    const candidates = fits(read) ? read.field.candidates({ ...evidence, drafts }) : [];
    if (candidates.length === 0) continue;
    const rule = evidence.drafts.get(read.pointer);
    const [first, second] = scoreCandidates(candidates, read.weights);
    const another = first?.candidate.key === unlike && second && second.confidence >= ANOTHER;
    const best = another ? second : first;
    const given = best && best.confidence >= read.weights.threshold ? best : null;
    if (!given && rule && read.keepsRule?.(rule) === true) continue;
    const same = given !== null && given.candidate.value === rule?.value;
    const gone = new Set([read.pointer, ...(same ? [] : (read.follows ?? []))]);
    kept = kept.filter((value) => !gone.has(value.pointer));
    if (!given) continue;
    const { candidate, confidence } = given;
    const sure = confidence * (candidate.doubt ?? 1);
    if (read.renews) {
      const known = new Set(kept.map(({ pointer }) => pointer));
      kept.push(...read.renews(evidence, candidate).filter(({ pointer }) => !known.has(pointer)));
    }
    const chosen: DraftValue = {
      pointer: read.pointer,
      value: candidate.value,
      cited: candidate.pieces.map((piece) => cite(piece)),
      confidence: candidate.repaired ? Math.min(MOST_REPAIRED, sure) : sure,
      ...(candidate.derived ? { derived: true } : {}),
      ...(candidate.repaired ? { repaired: true } : {}),
      reader: "scored",
    };
    kept.push(chosen);
    if (!same && read.precedes === true) drafts.set(read.pointer, chosen);
  }
  return kept;
}

/** Weights of other features than the field has would choose by chance. */
function fits<Seen>({ field, weights }: ScoredRead<Seen>): boolean {
  return (
    weights.trees.length > 0 &&
    weights.features.length === field.features.length &&
    weights.features.every((name, index) => name === field.features[index])
  );
}
