import { oneLine, paint, table } from "../terminal.ts";
import type { Calibration } from "./calibration.ts";
import type { FieldReport, Interval } from "./field-report.ts";
import type { GroupReport } from "./groups.ts";
import type { KindReport, Report, RowReport } from "./report.ts";

/** A report for people: one table a kind, then what holds for all. */
export function printReport(report: Report): string {
  const parts = report.kinds.map((kind) => printKind(kind));
  parts.push(printKind({ ...report.overall, fields: {}, columns: {} }));
  parts.push(
    ...printCalibration(report.overall.calibration),
    ...printApproval(report.overall.auto_approval.curve),
    ...printConfusion(report.confusion),
  );
  for (const kind of report.kinds) if (kind.groups) parts.push(...printGroups(kind.kind, kind.groups));
  const stages = Object.entries(report.stages_ms).map(([stage, { p50, p95 }]) => [
    stage,
    p50.toFixed(0),
    p95.toFixed(0),
  ]);
  if (stages.length > 0) parts.push(table(["stage", "p50 ms", "p95 ms"], stages));
  const unmapped = Object.entries(report.unmapped);
  if (unmapped.length > 0) {
    const names = unmapped.map(([name, count]) => `${name} (${count})`).join(", ");
    parts.push(paint("dim", `not compared, no mapping: ${names}`));
  }
  if (report.missing.length > 0)
    parts.push(paint("yellow", `nothing to score: ${report.missing.length} documents`));
  if (report.ignore_embedded) parts.push(paint("dim", "embedded XML left aside"));
  return parts.join("\n\n");
}

function printKind(kind: KindReport): string {
  const statuses = Object.entries(kind.statuses).map(([status, count]) => `${count} ${status}`);
  const head = `${paint("bold", kind.kind)}  ${kind.documents} documents: ${statuses.join(", ")}`;
  const ordered = (fields: KindReport["fields"]): string[][] =>
    Object.entries(fields)
      .sort(([, a], [, b]) => b.truth - a.truth)
      .map(([name, field]) => fieldRow(name, field));
  const rows = [
    ...ordered(kind.fields),
    ...(kind.micro.truth > 0 ? [fieldRow("all fields", kind.micro)] : []),
  ];
  const columns = ordered(kind.columns);
  if (columns.length > 0 || kind.micro_with_rows.truth > kind.micro.truth)
    rows.push(...columns, fieldRow("all with rows", kind.micro_with_rows));
  const body = rows.length === 0 ? [] : [table(HEAD, rows)];
  return [head, ...body, factsOf(kind).join(" · ")].join("\n");
}

function factsOf(kind: KindReport): string[] {
  const { auto_approval: approval, words, calibration } = kind;
  return [
    `type ${percent(kind.type_accuracy)}`,
    `omni ${percent(kind.omni_accuracy)}`,
    ...Object.entries(kind.rows).map(([name, rows]) => rowFact(name === "line_items" ? "lines" : name, rows)),
    ...(words.documents > 0
      ? [
          `words ${percent(words.recall)}, different words ${percent(words.distinct_recall)} (${words.documents} documents)`,
        ]
      : []),
    `auto-approved ${percent(approval.coverage)} (${approval.documents}), right ${percent(approval.precision)}${range(approval.interval)}, nothing wrong in ${percent(approval.harmless)}`,
    ...(calibration.values > 0 ? [`ECE ${percent(calibration.ece)} (${calibration.values} values)`] : []),
    `cited ${percent(kind.citations.share)} of ${kind.citations.values} values`,
  ];
}

function rowFact(name: string, rows: RowReport): string {
  return `${name} P ${percent(rows.precision)} R ${percent(rows.recall)} F1 ${percent(rows.f1)} (${rows.documents} documents)`;
}

const HEAD = [
  "field",
  "truth",
  "given",
  "exact",
  "right",
  "precision",
  "recall",
  "F1",
  "F1 at 95 %",
  "contra.",
  "halluc.",
  "oracle",
  "select.",
];

function fieldRow(name: string, field: FieldReport): string[] {
  return [
    name,
    String(field.truth),
    String(field.given),
    String(field.exact),
    String(field.right),
    percent(field.precision),
    percent(field.recall),
    percent(field.f1),
    range(field.intervals.f1).trim(),
    percent(field.contradiction),
    percent(field.hallucination),
    percent(field.oracle),
    percent(field.selection),
  ];
}

function printCalibration({ bins, ece, values, risk_coverage: points }: Calibration): string[] {
  if (values === 0) return [];
  const reliability = bins
    .filter((bin) => bin.values > 0)
    .map((bin) => [
      `${bin.from.toFixed(1)}-${bin.to.toFixed(1)}`,
      String(bin.values),
      percent(bin.confidence),
      percent(bin.right),
    ]);
  const risks = points.map((point) => [
    percent(point.coverage),
    percent(point.confidence),
    percent(point.risk),
  ]);
  return [
    `${paint("bold", "reliability")}  expected calibration error ${percent(ece)} over ${values} values\n${table(["bin", "values", "confidence", "right"], reliability)}`,
    `${paint("bold", "risk at coverage")}  the surest values alone\n${table(["coverage", "from confidence", "wrong"], risks)}`,
  ];
}

function printApproval(curve: KindReport["auto_approval"]["curve"]): string[] {
  if (curve.length === 0) return [];
  const rows = curve.map(({ from, documents, coverage, right }) => [
    from.toFixed(2),
    String(documents),
    percent(coverage),
    percent(right),
  ]);
  const head = ["estimate from", "documents", "coverage", "right in every field"];
  return [
    `${paint("bold", "approval")}  documents that no check or doubt speaks against\n${table(head, rows)}`,
  ];
}

function printConfusion(confusion: Report["confusion"]): string[] {
  const rows = Object.entries(confusion).map(([type, given]) => {
    const total = Object.values(given).reduce((sum, count) => sum + count, 0);
    const others = Object.entries(given)
      .filter(([name]) => name !== type)
      .map(([name, count]) => `${name} ${count}`);
    return [type, String(total), String(given[type] ?? 0), others.join(", ")];
  });
  if (rows.length === 0) return [];
  return [`${paint("bold", "kinds")}\n${table(["truth", "documents", "right", "taken for"], rows)}`];
}

function printGroups(kind: string, groups: GroupReport): string[] {
  if (groups.groups === 0) return [];
  const fields = Object.entries(groups.fields).map(([name, field]) => [
    name,
    String(field.groups),
    percent(field.macro_f1),
  ]);
  const worst = groups.worst.map(({ name, documents, f1 }) => [
    oneLine(name, 50),
    String(documents),
    percent(f1),
  ]);
  const without = groups.without > 0 ? `, ${groups.without} documents without one` : "";
  return [
    `${paint("bold", `${kind} by ${groups.by}`)}  ${groups.groups} groups${without}, macro F1 ${percent(groups.macro_f1)}\n${table(["field", "groups", "macro F1"], fields)}`,
    table([`worst by ${groups.by}`, "documents", "F1"], worst),
  ];
}

function percent(share: number | null): string {
  return share === null ? "-" : share.toFixed(3);
}

function range(interval: Interval | null): string {
  return interval === null ? "" : ` ${interval[0].toFixed(2)}-${interval[1].toFixed(2)}`;
}
