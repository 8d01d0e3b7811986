/**
 * A split tree in one list, from its root: `[feature, threshold, left, right]` for a split, where left and right are
 * offsets in the list, and `[-1, value]` for a leaf. Below the threshold goes left.
 */
export type Tree = readonly number[];

/** Trees whose values add up to a score: a logarithm of odds against "none of them". */
export type Forest = readonly Tree[];

/** Weights of a logistic calibration: of the raw probability's log-odds, and of how sure the reader is of the words. */
export interface Calibration {
  readonly bias: number;
  readonly raw: number;
  /** Of the chance that all words are right (its logarithm), and of the least sure word's confidence. */
  readonly all: number;
  readonly least: number;
}

/** What training leaves for one field. */
export interface FieldWeights {
  readonly field: string;
  /** The features' names, in the order in which the trees number them. */
  readonly features: readonly string[];
  readonly trees: Forest;
  readonly calibration: Calibration;
  /** Least confidence of a value that is given. */
  readonly threshold: number;
}

/** The forest's score of one candidate. Features that are missing are NaN and go right. */
export function scoreForest(trees: Forest, features: ArrayLike<number>): number {
  let sum = 0;
  for (const tree of trees) sum += leafOf(tree, features);
  return sum;
}

function leafOf(tree: Tree, features: ArrayLike<number>): number {
  let at = 0;
  for (;;) {
    const feature = tree[at] ?? -1;
    if (feature < 0) return tree[at + 1] ?? 0;
    const below = (features[feature] ?? Number.NaN) < (tree[at + 1] ?? 0);
    const next = tree[at + (below ? 2 : 3)] ?? 0;
    // Children stand behind their parent: anything else would not end.
    if (next <= at) return 0;
    at = next;
  }
}

/** The probabilities of candidates that exclude each other; what is left to one is that none is right. */
export function probabilities(scores: readonly number[]): number[] {
  const top = Math.max(0, ...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, Math.exp(-top));
  return powers.map((power) => power / sum);
}

/** How sure the reader is of a value's words. */
export interface ReadSureness {
  /** The logarithm of the chance that all of them are right: more words are more likely to hold a wrong one. */
  readonly all: number;
  /** The least sure word's confidence, 0..1. */
  readonly least: number;
}

/** A raw probability as the share of such values that was right in cross-validation. */
export function calibrate(calibration: Calibration, raw: number, sure: ReadSureness): number {
  const { bias, raw: weight, all, least } = calibration;
  return 1 / (1 + Math.exp(-(bias + weight * logOdds(raw) + all * sure.all + least * sure.least)));
}

/** Kept off both ends, where a single document would weigh without limit. */
export function logOdds(share: number): number {
  const kept = Math.min(0.9995, Math.max(0.0005, share));
  return Math.log(kept / (1 - kept));
}
