import type { DocumentScore, FieldScore } from "./score.ts";

/** Counts of one field over documents, and what follows from them. Shares are null where nothing was to be counted. */
export interface FieldReport {
  readonly truth: number;
  readonly given: number;
  readonly exact: number;
  readonly right: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  /** Values given where the truth says that there is none, or that are not on the page, of all given. */
  readonly hallucination: number | null;
}

export interface KindReport {
  readonly kind: string;
  readonly documents: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly type_accuracy: number | null;
  readonly fields: Readonly<Record<string, FieldReport>>;
  readonly micro: FieldReport;
  readonly line_items: {
    documents: number;
    precision: number | null;
    recall: number | null;
    f1: number | null;
  };
  /** Share of the truths' words that were read: each occurrence, and each different word. */
  readonly words: { documents: number; recall: number | null; distinct_recall: number | null };
  readonly omni_accuracy: number | null;
  /** Documents approved without a person, of all, and those of them that are right in every field. */
  readonly auto_approval: { coverage: number | null; precision: number | null };
  readonly citations: { values: number; share: number | null; ungrounded: number };
}

export interface Report {
  readonly documents: number;
  readonly ignore_embedded: boolean;
  /** Rows whose file does not stand where the truth says. */
  readonly missing: readonly string[];
  /** Truth names that no mapping leads to ours. */
  readonly unmapped: Readonly<Record<string, number>>;
  readonly kinds: readonly KindReport[];
  readonly overall: KindReport;
  readonly stages_ms: Readonly<Record<string, { p50: number; p95: number }>>;
}

/** Sums documents up, kind by kind and all together. */
export function report(
  scores: readonly DocumentScore[],
  context: Pick<Report, "ignore_embedded" | "missing" | "unmapped">,
): Report {
  const kinds = Map.groupBy(scores, ({ kind }) => kind);
  return {
    documents: scores.length,
    ...context,
    kinds: [...kinds]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([kind, members]) => reportKind(kind, members)),
    overall: reportKind("all", scores),
    stages_ms: stageTimes(scores),
  };
}

function reportKind(kind: string, scores: readonly DocumentScore[]): KindReport {
  const all = scores.flatMap(({ fields }) => fields);
  const byName = Map.groupBy(all, ({ name }) => name);
  const typed = scores.flatMap(({ typeRight }) => (typeRight === null ? [] : [typeRight]));
  const omni = scores.flatMap((score) => (score.omni === null ? [] : [score.omni]));
  const approved = scores.filter(({ autoApproved }) => autoApproved);
  const values = sum(scores.map((score) => score.values));
  return {
    kind,
    documents: scores.length,
    statuses: countBy(scores.map(({ status }) => status)),
    type_accuracy: share(typed.filter(Boolean).length, typed.length),
    fields: Object.fromEntries([...byName].map(([name, members]) => [name, reportField(members)])),
    micro: reportField(all),
    line_items: reportLines(scores),
    words: reportWords(scores),
    omni_accuracy: share(sum(omni), omni.length),
    auto_approval: {
      coverage: share(approved.length, scores.length),
      precision: share(approved.filter(isRight).length, approved.length),
    },
    citations: {
      values,
      share: share(sum(scores.map(({ cited }) => cited)), values),
      ungrounded: sum(scores.map(({ ungrounded }) => ungrounded)),
    },
  };
}

/** Counts one field. A truth of null only counts against what is given all the same. */
export function reportField(scores: readonly FieldScore[]): FieldReport {
  const known = scores.filter(({ truth }) => truth !== null);
  const given = scores.filter((score) => score.given !== null);
  const right = known.filter((score) => score.right).length;
  const precision = share(right, given.length);
  const recall = share(right, known.length);
  return {
    truth: known.length,
    given: given.length,
    exact: known.filter(({ exact }) => exact).length,
    right,
    precision,
    recall,
    f1: known.length === 0 ? null : harmonic(right, given.length, known.length),
    hallucination: share(
      given.filter(({ truth, ungrounded }) => truth === null || ungrounded).length,
      given.length,
    ),
  };
}

function reportLines(scores: readonly DocumentScore[]): KindReport["line_items"] {
  const lines = scores.flatMap((score) => (score.lines === null ? [] : [score.lines]));
  const right = sum(lines.map((line) => line.right));
  const given = sum(lines.map((line) => line.given));
  const truth = sum(lines.map((line) => line.truth));
  return {
    documents: lines.length,
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

function isRight(score: DocumentScore): boolean {
  const header = score.fields.every(({ truth, given, right }) => (truth === null ? given === null : right));
  const { lines } = score;
  return header && (lines === null || (lines.right === lines.truth && lines.given === lines.truth));
}

function stageTimes(scores: readonly DocumentScore[]): Report["stages_ms"] {
  const times = new Map<string, number[]>();
  const add = (stage: string, ms: number): void => {
    times.set(stage, [...(times.get(stage) ?? []), ms]);
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

function harmonic(right: number, given: number, truth: number): number {
  return given + truth === 0 ? 0 : (2 * right) / (given + truth);
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function countBy(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}
