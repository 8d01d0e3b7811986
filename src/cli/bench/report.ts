import { percentile } from "../eval/report.ts";
import { table } from "../terminal.ts";

/** Something measured several times. */
export interface Measurement {
  readonly name: string;
  readonly unit: "ms" | "MB" | "calls" | "documents/s";
  readonly samples: number;
  readonly p50: number;
  readonly p95: number;
  /** What it should stay below (above, for a rate); shown, not asserted. */
  readonly budget: number | null;
  /** p50 over the budget; null without one, or where it is nothing. */
  readonly ratio: number | null;
}

/** A stage's part of a document's time. */
export interface StageShare {
  readonly document: string;
  readonly stage: string;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly share: number;
}

export interface BenchReport {
  readonly node: string;
  readonly cpus: number;
  readonly quick: boolean;
  readonly measurements: readonly Measurement[];
  readonly stages: readonly StageShare[];
}

/** Sums samples up against a budget. */
export function measure(
  name: string,
  unit: Measurement["unit"],
  values: readonly number[],
  budget: number | null = null,
): Measurement {
  const p50 = percentile(values, 0.5);
  return {
    name,
    unit,
    samples: values.length,
    p50: rounded(p50),
    p95: rounded(percentile(values, 0.95)),
    budget,
    ratio: budget === null || budget === 0 || values.length === 0 ? null : rounded(p50 / budget),
  };
}

/** The stages of documents of one kind, with their share of the time from claim to settle. */
export function stageShares(
  document: string,
  runs: readonly Readonly<Record<string, number>>[],
): StageShare[] {
  const stages = [...new Set(runs.flatMap((run) => Object.keys(run)))];
  const total = runs.flatMap((run) => Object.values(run)).reduce((sum, ms) => sum + ms, 0);
  return stages.map((stage) => {
    const values = runs.map((run) => run[stage] ?? 0);
    return {
      document,
      stage,
      p50_ms: rounded(percentile(values, 0.5)),
      p95_ms: rounded(percentile(values, 0.95)),
      share: total === 0 ? 0 : Math.round((values.reduce((sum, ms) => sum + ms, 0) / total) * 1000) / 1000,
    };
  });
}

function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}

/** The report for people. */
export function printBench(report: BenchReport): string {
  const rows = report.measurements.map(({ name, unit, samples, p50, p95, budget, ratio }) => [
    name,
    unit,
    String(samples),
    String(p50),
    String(p95),
    budget === null ? "" : String(budget),
    ratio === null ? "" : ratio.toFixed(2),
  ]);
  const stages = report.stages.map(({ document, stage, p50_ms, p95_ms, share }) => [
    document,
    stage,
    String(p50_ms),
    String(p95_ms),
    `${(share * 100).toFixed(1)}%`,
  ]);
  return [
    `Node ${report.node}, ${report.cpus} CPUs${report.quick ? ", quick: few samples" : ""}`,
    table(["measured", "unit", "n", "p50", "p95", "budget", "ratio"], rows),
    table(["document", "stage", "p50 ms", "p95 ms", "share"], stages),
  ].join("\n\n");
}
