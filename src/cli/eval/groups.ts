import { reportField } from "./field-report.ts";
import type { DocumentScore } from "./score.ts";

/** By what documents are put together. */
export type Grouping = "issuer" | "layout";

/** Figures in which every issuer (or layout) weighs the same, however many documents it has. */
export interface GroupReport {
  readonly by: Grouping;
  readonly groups: number;
  /** Documents of which nobody knows the group. */
  readonly without: number;
  readonly macro_f1: number | null;
  readonly fields: Readonly<Record<string, { groups: number; macro_f1: number }>>;
  readonly worst: readonly { name: string; documents: number; f1: number }[];
}

const WORST = 10;

/** Sums documents up group by group. */
export function reportGroups(scores: readonly DocumentScore[], by: Grouping): GroupReport {
  const known = scores.filter((score) => score[by] !== null);
  const groups = [...Map.groupBy(known, (score) => score[by] ?? "")];
  const whole = groups.flatMap(([name, members]) => {
    const { f1 } = reportField(members.map((score) => [...score.fields, ...score.cells]));
    return f1 === null ? [] : [{ name, documents: members.length, f1 }];
  });
  const names = [...new Set(known.flatMap(({ fields }) => fields.map(({ name }) => name)))];
  const fields = names.flatMap((name) => {
    const figures = groups.flatMap(([, members]) => {
      const { f1 } = reportField(members.map((score) => score.fields.filter((field) => field.name === name)));
      return f1 === null ? [] : [f1];
    });
    return figures.length === 0 ? [] : [[name, { groups: figures.length, macro_f1: mean(figures) }] as const];
  });
  return {
    by,
    groups: whole.length,
    without: scores.length - known.length,
    macro_f1: whole.length === 0 ? null : mean(whole.map(({ f1 }) => f1)),
    fields: Object.fromEntries(fields),
    worst: [...whole].sort((a, b) => a.f1 - b.f1).slice(0, WORST),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
