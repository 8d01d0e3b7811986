import { type Calibration, logOdds, type ReadSureness } from "../../extract/scorer/forest.ts";

/** A chosen value: how probable it was, how well its words were read, whether it was right, how much it counts. */
export interface Outcome {
  readonly raw: number;
  readonly sure: ReadSureness;
  readonly right: boolean;
  readonly weight: number;
}

const ROUNDS = 40;
const RIDGE = 1;

/** Logistic calibration by Newton's method (Platt), held near the raw probability by a ridge. */
export function fitCalibration(outcomes: readonly Outcome[]): Calibration {
  const prior = [0, 1, 0, 0];
  let weights = [...prior];
  const rows = outcomes.map(({ raw, sure, right, weight }) => ({
    x: [1, logOdds(raw), sure.mean, sure.least],
    y: Number(right),
    weight,
  }));
  for (let round = 0; round < ROUNDS; round += 1) {
    const gradient = prior.map((value, at) => RIDGE * ((weights[at] ?? 0) - value));
    const hessian = prior.map((_, i) => prior.map((__, j) => (i === j ? RIDGE : 0)));
    for (const { x, y, weight } of rows) {
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0)));
      for (const [i, xi] of x.entries()) {
        gradient[i] = (gradient[i] ?? 0) + weight * (p - y) * xi;
        const line = hessian[i];
        if (line) for (const [j, xj] of x.entries()) line[j] = (line[j] ?? 0) + weight * p * (1 - p) * xi * xj;
      }
    }
    const step = solve(hessian, gradient);
    weights = weights.map((value, at) => value - (step[at] ?? 0));
  }
  const [bias = 0, raw = 1, mean = 0, least = 0] = weights.map((value) => Math.round(value * 1e4) / 1e4);
  return { bias, raw: Math.max(0.05, raw), mean, least };
}

/** Gauss-Jordan elimination of a positive definite system. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((line, index) => [...line, right[index] ?? 0]);
  for (const [at, pivot] of rows.entries()) {
    const scale = pivot[at] ?? 1;
    for (const column of pivot.keys()) pivot[column] = (pivot[column] ?? 0) / scale;
    for (const [other, line] of rows.entries()) {
      const factor = line[at] ?? 0;
      if (other === at || factor === 0) continue;
      for (const column of line.keys()) line[column] = (line[column] ?? 0) - factor * (pivot[column] ?? 0);
    }
  }
  return rows.map((line) => line[line.length - 1] ?? 0);
}
