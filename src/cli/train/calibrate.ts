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

interface Row {
  readonly x: readonly number[];
  readonly y: number;
  readonly weight: number;
}

const PRIOR = [0, 1, 0, 0];

/** Logistic calibration (Platt) by Newton's method with halved steps, held near the raw probability by a ridge. */
export function fitCalibration(outcomes: readonly Outcome[]): Calibration {
  const rows = outcomes.map(({ raw, sure, right, weight }): Row => ({
    x: [1, logOdds(raw), sure.all, sure.least],
    y: right ? 1 : 0,
    weight,
  }));
  let weights = PRIOR;
  let loss = lossOf(rows, weights);
  for (let round = 0; round < ROUNDS; round += 1) {
    const step = newtonStep(rows, weights);
    for (let size = 1; size > 1e-4; size /= 2) {
      const next = weights.map((value, at) => value - size * (step[at] ?? 0));
      const nextLoss = lossOf(rows, next);
      if (nextLoss >= loss) continue;
      weights = next;
      loss = nextLoss;
      break;
    }
  }
  const [bias = 0, raw = 1, all = 0, least = 0] = weights.map((value) => Math.round(value * 1e4) / 1e4);
  return { bias, raw: Math.max(0.05, raw), all, least };
}

function oddsOf({ x }: Row, weights: readonly number[]): number {
  return x.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
}

function lossOf(rows: readonly Row[], weights: readonly number[]): number {
  const held = weights.reduce((sum, value, at) => sum + (value - (PRIOR[at] ?? 0)) ** 2, 0);
  return rows.reduce(
    (sum, row) => {
      const odds = oddsOf(row, weights);
      return sum + row.weight * (Math.max(0, odds) + Math.log1p(Math.exp(-Math.abs(odds))) - row.y * odds);
    },
    (RIDGE * held) / 2,
  );
}

function newtonStep(rows: readonly Row[], weights: readonly number[]): number[] {
  const gradient = PRIOR.map((value, at) => RIDGE * ((weights[at] ?? 0) - value));
  const hessian = PRIOR.map((_, i) => PRIOR.map((__, j): number => (i === j ? RIDGE : 0)));
  for (const row of rows) {
    const p = 1 / (1 + Math.exp(-oddsOf(row, weights)));
    for (const [i, xi] of row.x.entries()) {
      gradient[i] = (gradient[i] ?? 0) + row.weight * (p - row.y) * xi;
      const line = hessian[i];
      if (!line) continue;
      for (const [j, xj] of row.x.entries()) line[j] = (line[j] ?? 0) + row.weight * p * (1 - p) * xi * xj;
    }
  }
  return solve(hessian, gradient);
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
