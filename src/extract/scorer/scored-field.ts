import type { SolvedAmounts } from "../engine/amount-solver.ts";
import type { AmountCandidates } from "../engine/amount-candidates.ts";
import type { DraftValue } from "../engine/draft.ts";
import type { Reading } from "../engine/reading.ts";
import type { Piece } from "../engine/view.ts";

/** What the rules have made of a document before its candidates are scored. */
export interface Evidence {
  readonly reading: Reading;
  /** The values that the rules give, by pointer. */
  readonly drafts: ReadonlyMap<string, DraftValue>;
  readonly amounts: { readonly candidates: AmountCandidates; readonly solved: SolvedAmounts };
  /** Sum of the line items' amounts in the amounts' units, or null. */
  readonly lineSum: number | null;
}

/** What names are looked for in: all that they need of the evidence. */
export type NameEvidence = Pick<Evidence, "reading" | "drafts">;

/** Something on the page that could be a field's value. */
export interface Candidate {
  /** As it would stand in `data`. */
  readonly value: string;
  /** Candidates with the same key are one value that is printed more than once. */
  readonly key: string;
  readonly pieces: readonly Piece[];
  /** In the order of the field's `features`; NaN for what cannot be said. */
  readonly features: readonly number[];
  /** Read otherwise than the reader did. */
  readonly repaired: boolean;
  /** Follows from what its pieces print, instead of being printed. */
  readonly derived?: boolean;
  /** The most of what it would be sure of that it may be: what is printed can be read in another way too. */
  readonly doubt?: number;
}

/** A field whose candidates are scored: what they are and what is looked at. Its weights are learned. */
export interface ScoredField<Seen = Evidence> {
  readonly name: string;
  readonly features: readonly string[];
  /** Least confidence of a value that is given, where another than the usual. */
  readonly least?: number;
  readonly candidates: (evidence: Seen) => readonly Candidate[];
}
