import { calibrate, type Calibration } from "./calibration.ts";
import { harmonic, reportField, share, wilson, type FieldReport, type Interval } from "./field-report.ts";
import { reportGroups, type Grouping, type GroupReport } from "./groups.ts";
import type { DocumentScore } from "./score.ts";

/** Values in the rows of lists, after the best matching of rows (LIR). */
export interface RowReport {
  readonly documents: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

/** Documents from an estimate on, their share of all, and those of them that are right in every field. */
export interface ApprovalPoint {
  readonly from: number;
  readonly documents: number;
  readonly coverage: number;
  readonly right: number | null;
}

export interface KindReport {
  readonly kind: string;
  readonly documents: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly type_accuracy: number | null;
  readonly fields: Readonly<Record<string, FieldReport>>;
  readonly micro: FieldReport;
  /** The columns of lists, and all values together. */
  readonly columns: Readonly<Record<string, FieldReport>>;
  readonly micro_with_rows: FieldReport;
  readonly line_items: RowReport;
  readonly rows: Readonly<Record<string, RowReport>>;
  /** Share of the truths' words that were read: each occurrence, and each different word. */
  readonly words: { documents: number; recall: number | null; distinct_recall: number | null };
  readonly omni_accuracy: number | null;
  /** Documents approved without a person, of all, and those of them that are right in every field. */
  readonly auto_approval: {
    readonly documents: number;
    readonly coverage: number | null;
    readonly precision: number | null;
    readonly interval: Interval | null;
    /** Those of them in which no value differs from its truth: what is missing leads nobody astray. */
    readonly harmless: number | null;
    /** The same where approval asked for another estimate, of the documents that nothing else speaks against. */
    readonly curve: readonly ApprovalPoint[];
  };
  readonly calibration: Calibration;
  readonly groups: GroupReport | null;
  readonly citations: { values: number; share: number | null; ungrounded: number };
}

export interface Report {
  readonly documents: number;
  readonly ignore_embedded: boolean;
  /** Rows for which there was nothing to score: no file, no layout, no result. */
  readonly missing: readonly string[];
  /** Truth names that no mapping leads to ours. */
  readonly unmapped: Readonly<Record<string, number>>;
  readonly kinds: readonly KindReport[];
  readonly overall: KindReport;
  /** Types of the truth, and how often each type of ours was told of them; where one has to be told. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly stages_ms: Readonly<Record<string, { p50: number; p95: number }>>;
}

type Context = Pick<Report, "ignore_embedded" | "missing" | "unmapped"> & {
  readonly group?: Grouping | undefined;
};

/** Sums documents up, kind by kind and all together. */
export function report(scores: readonly DocumentScore[], { group, ...context }: Context): Report {
  const kinds = Map.groupBy(scores, ({ kind }) => kind);
  return {
    documents: scores.length,
    ...context,
    kinds: [...kinds]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([kind, members]) => reportKind(kind, members, group)),
    overall: reportKind("all", scores, group),
    confusion: confusionOf(scores),
    stages_ms: stageTimes(scores),
  };
}

function reportKind(kind: string, scores: readonly DocumentScore[], group: Grouping | undefined): KindReport {
  const typed = scores.flatMap(({ typeRight }) => (typeRight === null ? [] : [typeRight]));
  const omni = scores.flatMap((score) => (score.omni === null ? [] : [score.omni]));
  const approved = scores.filter(({ autoApproved }) => autoApproved);
  const rightly = approved.filter(isRight).length;
  const values = sum(scores.map((score) => score.values));
  const lists = [...new Set(scores.flatMap(({ rows }) => Object.keys(rows)))];
  return {
    kind,
    documents: scores.length,
    statuses: countBy(scores.map(({ status }) => status)),
    type_accuracy: share(typed.filter(Boolean).length, typed.length),
    fields: byName(scores, ({ fields }) => fields),
    micro: reportField(scores.map(({ fields }) => fields)),
    columns: byName(scores, ({ cells }) => cells),
    micro_with_rows: reportField(scores.map(({ fields, cells }) => [...fields, ...cells])),
    line_items: reportRows(scores, "line_items"),
    rows: Object.fromEntries(lists.map((name) => [name, reportRows(scores, name)])),
    words: reportWords(scores),
    omni_accuracy: share(sum(omni), omni.length),
    auto_approval: {
      documents: approved.length,
      coverage: share(approved.length, scores.length),
      precision: share(rightly, approved.length),
      interval: wilson(rightly, approved.length),
      harmless: share(approved.filter(isHarmless).length, approved.length),
      curve: approvalCurve(scores),
    },
    calibration: calibrate(scores.flatMap(({ fields, cells }) => [...fields, ...cells])),
    groups: group === undefined ? null : reportGroups(scores, group),
    citations: {
      values,
      share: share(sum(scores.map(({ cited }) => cited)), values),
      ungrounded: sum(scores.map(({ ungrounded }) => ungrounded)),
    },
  };
}

const ESTIMATES = [0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95];

function approvalCurve(scores: readonly DocumentScore[]): ApprovalPoint[] {
  const open = scores.filter(({ estimate, reasons }) => estimate !== null && reasons.length === 0);
  if (open.length === 0) return [];
  return ESTIMATES.map((from) => {
    const taken = open.filter(({ estimate }) => (estimate ?? 0) >= from);
    return {
      from,
      documents: taken.length,
      coverage: taken.length / scores.length,
      right: share(taken.filter(isRight).length, taken.length),
    };
  });
}

function byName(
  scores: readonly DocumentScore[],
  pick: (score: DocumentScore) => DocumentScore["fields"],
): Record<string, FieldReport> {
  const names = new Set(scores.flatMap((score) => pick(score).map(({ name }) => name)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      reportField(scores.map((score) => pick(score).filter((field) => field.name === name))),
    ]),
  );
}

function reportRows(scores: readonly DocumentScore[], name: string): RowReport {
  const rows = scores.flatMap((score) => score.rows[name] ?? []);
  const right = sum(rows.map((row) => row.right));
  const given = sum(rows.map((row) => row.given));
  const truth = sum(rows.map((row) => row.truth));
  return {
    documents: rows.length,
    precision: share(right, given),
    recall: share(right, truth),
    f1: truth === 0 ? null : harmonic(right, given, truth),
  };
}

function reportWords(scores: readonly DocumentScore[]): KindReport["words"] {
  const words = scores.flatMap((score) => (score.words === null ? [] : [score.words]));
  return {
    documents: words.length,
    recall: share(sum(words.map(({ found }) => found)), sum(words.map(({ truth }) => truth))),
    distinct_recall: share(
      sum(words.map(({ distinctFound }) => distinctFound)),
      sum(words.map(({ distinct }) => distinct)),
    ),
  };
}

/** Whether every field and row of a truth came out, and nothing beside them. */
export function isRight(score: DocumentScore): boolean {
  const header = score.fields.every(({ truth, given, right }) => (truth === null ? given === null : right));
  return (
    header &&
    Object.values(score.rows).every((rows) => rows.right === rows.truth && rows.given === rows.truth)
  );
}

function isHarmless({ fields, cells }: DocumentScore): boolean {
  return [...fields, ...cells].every(({ truth, given, right }) => truth === null || given === null || right);
}

function confusionOf(scores: readonly DocumentScore[]): Report["confusion"] {
  const typed = scores.filter(({ typeRight }) => typeRight !== null);
  const byTruth = Map.groupBy(typed, ({ truthType }) => truthType ?? "");
  return Object.fromEntries(
    [...byTruth]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([type, members]) => [type, countBy(members.map(({ givenType }) => givenType ?? "none"))]),
  );
}

function stageTimes(scores: readonly DocumentScore[]): Report["stages_ms"] {
  const times = new Map<string, number[]>();
  const add = (stage: string, ms: number): void => {
    const had = times.get(stage);
    if (had) had.push(ms);
    else times.set(stage, [ms]);
  };
  for (const { stagesMs, durationMs } of scores) {
    for (const [stage, ms] of Object.entries(stagesMs)) add(stage, ms);
    if (durationMs !== null) add("whole", durationMs);
  }
  return Object.fromEntries(
    [...times].map(([stage, values]) => [
      stage,
      { p50: percentile(values, 0.5), p95: percentile(values, 0.95) },
    ]),
  );
}

/** The smallest value that at least `quantile` of the values do not exceed (nearest rank); 0 of none. */
export function percentile(values: readonly number[], quantile: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * quantile) - 1)] ?? 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
