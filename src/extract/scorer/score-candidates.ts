import { type Piece, wordsOf } from "../engine/view.ts";
import {
  calibrate,
  type FieldWeights,
  type Forest,
  probabilities,
  type ReadSureness,
  scoreForest,
} from "./forest.ts";
import type { Candidate } from "./scored-field.ts";

/** A value with the probability that it is right. */
export interface ScoredValue {
  /** The most probable of the candidates that say it. */
  readonly candidate: Candidate;
  /** Before calibration. */
  readonly raw: number;
  /** 0..1, calibrated. */
  readonly confidence: number;
}

/** A field's values, the most probable first. */
export function scoreCandidates(candidates: readonly Candidate[], weights: FieldWeights): ScoredValue[] {
  return rankCandidates(candidates, weights.trees).map(({ candidate, raw }) => ({
    candidate,
    raw,
    confidence: calibrate(weights.calibration, raw, surenessOf(candidate.pieces)),
  }));
}

/** The same before calibration. */
export function rankCandidates(
  candidates: readonly Candidate[],
  trees: Forest,
): { candidate: Candidate; raw: number }[] {
  const scores = candidates.map((candidate) => scoreForest(trees, candidate.features));
  return gatherValues(candidates, probabilities(scores));
}

const LEAST_SURE = 0.05;

/** How sure the reader is of a candidate's words. */
export function surenessOf(pieces: readonly Piece[]): ReadSureness {
  const words = pieces.flatMap((piece) =>
    wordsOf(piece).map((word) => piece.segment.page.words[word]?.confidence ?? 0),
  );
  const all = words.reduce((sum, word) => sum + Math.log(Math.max(LEAST_SURE, word)), 0);
  return { all, least: words.length === 0 ? 0 : Math.min(...words) };
}

/** Candidates that say the same share their probabilities. */
function gatherValues(
  candidates: readonly Candidate[],
  shares: readonly number[],
): { candidate: Candidate; raw: number }[] {
  const byKey = new Map<string, { candidate: Candidate; best: number; raw: number }>();
  for (const [index, candidate] of candidates.entries()) {
    const share = shares[index] ?? 0;
    const known = byKey.get(candidate.key);
    if (!known) byKey.set(candidate.key, { candidate, best: share, raw: share });
    else {
      known.raw += share;
      if (share > known.best) {
        known.best = share;
        known.candidate = candidate;
      }
    }
  }
  return [...byKey.values()]
    .toSorted((a, b) => b.raw - a.raw)
    .map(({ candidate, raw }) => ({ candidate, raw }));
}
