import { paint, table } from "../terminal.ts";
import type { FieldReport, KindReport, Report } from "./report.ts";

/** A report for people: one table a kind, then what holds for all. */
export function printReport(report: Report): string {
  const parts = report.kinds.map(printKind);
  parts.push(printKind({ ...report.overall, fields: {} }));
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
  if (report.missing.length > 0) parts.push(paint("yellow", `files not found: ${report.missing.length}`));
  if (report.ignore_embedded) parts.push(paint("dim", "embedded XML left aside"));
  return parts.join("\n\n");
}

function printKind(kind: KindReport): string {
  const statuses = Object.entries(kind.statuses).map(([status, count]) => `${count} ${status}`);
  const head = `${paint("bold", kind.kind)}  ${kind.documents} documents: ${statuses.join(", ")}`;
  const rows = Object.entries(kind.fields)
    .sort(([, a], [, b]) => b.truth - a.truth)
    .map(([name, field]) => fieldRow(name, field));
  const facts = [
    `type ${percent(kind.type_accuracy)}`,
    `omni ${percent(kind.omni_accuracy)}`,
    ...(kind.line_items.documents > 0
      ? [
          `lines P ${percent(kind.line_items.precision)} R ${percent(kind.line_items.recall)} F1 ${percent(kind.line_items.f1)} (${kind.line_items.documents} documents)`,
        ]
      : []),
    ...(kind.words.documents > 0
      ? [
          `words ${percent(kind.words.recall)}, different words ${percent(kind.words.distinct_recall)} (${kind.words.documents} documents)`,
        ]
      : []),
    `auto-approved ${percent(kind.auto_approval.coverage)}, right ${percent(kind.auto_approval.precision)}`,
    `cited ${percent(kind.citations.share)} of ${kind.citations.values} values`,
  ];
  const all =
    rows.length === 0 && kind.micro.truth === 0 ? [] : [...rows, fieldRow("all fields", kind.micro)];
  const body = all.length === 0 ? [] : [table(HEAD, all)];
  return [head, ...body, facts.join(" · ")].join("\n");
}

const HEAD = ["field", "truth", "given", "exact", "right", "precision", "recall", "F1", "halluc."];

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
    percent(field.hallucination),
  ];
}

function percent(share: number | null): string {
  return share === null ? "-" : share.toFixed(3);
}
