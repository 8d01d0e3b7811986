import type { FieldScore } from "./field-score.ts";

/** Values of about one confidence: how sure they were, and how many of them are right. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly values: number;
  readonly confidence: number | null;
  readonly right: number | null;
}

/** The surest values alone: their share of all, the confidence from which they are taken, and their share of wrong ones. */
export interface RiskPoint {
  readonly coverage: number;
  readonly confidence: number;
  readonly risk: number;
}

export interface Calibration {
  readonly values: number;
  readonly bins: readonly ReliabilityBin[];
  /** The expected calibration error: how far confidence and share of right ones lie apart, weighted by values. */
  readonly ece: number | null;
  readonly risk_coverage: readonly RiskPoint[];
}

const BINS = 10;

/** Sets confidence against what came out, over the values given whose truth is known (also that there is none). */
export function calibrate(scores: readonly FieldScore[]): Calibration {
  const given = scores.flatMap((score) =>
    score.given === null || score.confidence === null
      ? []
      : [{ confidence: score.confidence, right: score.truth !== null && score.right }],
  );
  const bins = Array.from({ length: BINS }, (_, index) => {
    const members = given.filter(
      ({ confidence }) => Math.min(BINS - 1, Math.floor(confidence * BINS)) === index,
    );
    return {
      from: index / BINS,
      to: (index + 1) / BINS,
      values: members.length,
      confidence: mean(members.map(({ confidence }) => confidence)),
      right: mean(members.map(({ right }) => Number(right))),
    };
  });
  const apart = bins.reduce(
    (sum, bin) => sum + bin.values * Math.abs((bin.confidence ?? 0) - (bin.right ?? 0)),
    0,
  );
  return {
    values: given.length,
    bins,
    ece: given.length === 0 ? null : apart / given.length,
    risk_coverage: riskCoverage(given),
  };
}

function riskCoverage(given: readonly { confidence: number; right: boolean }[]): RiskPoint[] {
  const sorted = [...given].sort((a, b) => b.confidence - a.confidence);
  return Array.from({ length: sorted.length === 0 ? 0 : 10 }, (_, step) => {
    const count = Math.max(1, Math.round((sorted.length * (step + 1)) / 10));
    const taken = sorted.slice(0, count);
    return {
      coverage: count / sorted.length,
      confidence: taken.at(-1)?.confidence ?? 0,
      risk: taken.filter(({ right }) => !right).length / count,
    };
  });
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
