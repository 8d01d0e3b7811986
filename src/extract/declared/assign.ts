import type { Piece } from "../engine/view.ts";
import type { Candidate } from "./candidates.ts";

/** A decided value. */
export interface Assigned extends Candidate {
  readonly confidence: number;
}

const LEAST = 0.42;
/** What a weaker claim of a label or a field costs, at most. */
const REGRET = 0.25;

/** Decides the fields together: each label and each value is used once, the best total goes first. */
export function assign(candidates: readonly Candidate[]): Assigned[] {
  const byLabel = new Map<unknown, number>();
  const byField = new Map<number, number>();
  for (const { announcement, field, score } of candidates) {
    byLabel.set(announcement, Math.max(byLabel.get(announcement) ?? 0, score));
    byField.set(field, Math.max(byField.get(field) ?? 0, score));
  }
  const ranked = candidates
    .map((candidate) => {
      const label = candidate.score / (byLabel.get(candidate.announcement) ?? 1);
      const field = candidate.score / (byField.get(candidate.field) ?? 1);
      return { candidate, rank: candidate.score * (1 - REGRET * (2 - label - field)) };
    })
    .sort((a, b) => b.rank - a.rank);
  const decided = new Map<number, Assigned>();
  const labels = new Map<unknown, Assigned[]>();
  const taken: Piece[] = [];
  for (const { candidate } of ranked) {
    if (candidate.score < LEAST || decided.has(candidate.field)) continue;
    if (candidate.pieces.some((piece) => taken.some((other) => overlap(piece, other)))) continue;
    const before = labels.get(candidate.announcement) ?? [];
    if (before.some((other) => !shareLabel(other, candidate))) continue;
    const chosen = { ...candidate, confidence: confidenceOf(candidate, candidates) };
    decided.set(candidate.field, chosen);
    labels.set(candidate.announcement, [...before, chosen]);
    taken.push(...candidate.pieces);
  }
  return [...decided.values()];
}

function overlap(a: Piece, b: Piece): boolean {
  return a.segment === b.segment && a.start < b.end && a.end > b.start;
}

/** Two values of one label: the dates of a period, or one row's values in different columns. */
function shareLabel(a: Candidate, b: Candidate): boolean {
  const [first, second] = [a.pieces[0], b.pieces[0]];
  if (!first || !second) return false;
  return first.segment.row === second.segment.row;
}

/** A candidate's score, raised where another label says the same, lowered where one says otherwise. */
function confidenceOf(chosen: Candidate, candidates: readonly Candidate[]): number {
  let confidence = Math.min(0.97, chosen.score);
  for (const other of candidates) {
    if (other.field !== chosen.field || other === chosen || other.announcement === chosen.announcement)
      continue;
    if (other.value === chosen.value) confidence += (0.98 - confidence) * 0.2;
    else if (other.score > chosen.score * 0.92) confidence *= 0.85;
  }
  return Math.min(0.98, confidence);
}
