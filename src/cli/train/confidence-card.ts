import type { Outcome } from "./confidence.ts";

/** Bins of confidence against the share that is right. */
export function reliabilityRows(outcomes: readonly Outcome[]): string[][] {
  const bins = Map.groupBy(outcomes, ({ confidence }) => Math.min(9, Math.floor(confidence * 10)));
  return [...bins]
    .sort(([a], [b]) => a - b)
    .map(([bin, members]) => [
      `${(bin / 10).toFixed(1)}-${((bin + 1) / 10).toFixed(1)}`,
      String(members.length),
      mean(members.map(({ confidence }) => confidence)),
      mean(members.map(({ right }) => Number(right))),
    ]);
}

export const SOURCE_HEAD = [
  "source",
  "values",
  "ECE before",
  "ECE after",
  "wrong before",
  "wrong after",
  "right lost",
];

/** A row a source: how far confidence was off, the share of wrong values, and the right ones that are not given. */
export function sourceRows(before: readonly Outcome[], after: readonly Outcome[]): string[][] {
  const names = [...new Set(before.map(({ source }) => source))].sort();
  return names.map((name) => {
    const [old, now] = [before, after].map((all) => all.filter(({ source }) => source === name));
    if (!old || !now) return [name];
    const rights = [old, now].map((all) => all.filter(({ right }) => right).length);
    return [
      name,
      String(old.length),
      errorOf(old).toFixed(3),
      errorOf(now).toFixed(3),
      (1 - (rights[0] ?? 0) / old.length).toFixed(3),
      (1 - (rights[1] ?? 0) / Math.max(1, now.length)).toFixed(3),
      (((rights[0] ?? 0) - (rights[1] ?? 0)) / Math.max(1, rights[0] ?? 0)).toFixed(4),
    ];
  });
}

export const TRADE_HEAD = [
  "given from",
  "source",
  "wrong",
  "right lost",
  "wrong with rows cut",
  "right lost",
];
const FLOORS = [0, 0.4, 0.5, 0.6];

/** What a floor for calibrated values would cost and save, without and with values of rows. */
export function tradeRows(after: readonly Outcome[]): string[][] {
  const names = [...new Set(after.map(({ source }) => source))].sort();
  return FLOORS.flatMap((from) =>
    names.map((name) => {
      const all = after.filter(({ source }) => source === name);
      const rights = all.filter(({ right }) => right).length;
      const figures = [false, true].flatMap((cells) => {
        const given = all.filter(
          ({ confidence, cell, own }) => own === true || (cell === true && !cells) || confidence >= from,
        );
        const right = given.filter((one) => one.right).length;
        return [(1 - right / Math.max(1, given.length)).toFixed(3), ((rights - right) / rights).toFixed(4)];
      });
      return [[from.toFixed(1), name], figures].flat();
    }),
  );
}

export const CURVE_HEAD = ["estimate from", "source", "approved", "coverage", "right in every field"];
const STEPS = [0, 0.5, 0.7, 0.75, 0.8, 0.85, 0.9, 0.92, 0.94];

/** Coverage against what is right in every field, of documents that were not learned from. */
export function curveRows(documents: readonly Outcome[]): string[][] {
  const names = [...new Set(documents.map(({ source }) => source))].sort();
  return STEPS.flatMap((from) =>
    names.map((name) => {
      const own = documents.filter(({ source }) => source === name);
      const taken = own.filter(({ confidence, approvable }) => approvable === true && confidence >= from);
      return [
        from.toFixed(2),
        name,
        String(taken.length),
        (taken.length / own.length).toFixed(3),
        mean(taken.map(({ right }) => Number(right))),
      ];
    }),
  );
}

/** The expected calibration error over tenths. */
function errorOf(outcomes: readonly Outcome[]): number {
  const gaps = Array.from({ length: 10 }, () => 0);
  for (const { confidence, right } of outcomes) {
    const bin = Math.min(9, Math.floor(confidence * 10));
    gaps[bin] = (gaps[bin] ?? 0) + confidence - Number(right);
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / Math.max(1, outcomes.length);
}

function mean(values: readonly number[]): string {
  return values.length === 0
    ? "-"
    : (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(3);
}
