import type { DocumentLine } from "./client/read-document.ts";
import { leavesOf } from "./leaves.ts";
import { oneLine, paint, table } from "./terminal.ts";

/** A document for people: status, then a table of field, value, confidence and page, then what to look at. */
export function describe(line: DocumentLine): string {
  const style = line.status === "completed" ? "green" : line.status === "partial" ? "yellow" : "red";
  const head = [
    paint("bold", oneLine(line.file, 200)),
    paint(style, line.status),
    ...(line.type === null ? [] : [line.type]),
    ...(line.id === null ? [] : [paint("dim", line.id)]),
  ].join("  ");
  const parts = [head];
  if (line.error !== null)
    parts.push(paint("red", `${line.error.code}: ${oneLine(line.error.message, 400)}`));
  const rows = leavesOf(line.data).map(({ pointer, value }) => {
    const evidence = line.evidence[pointer];
    return [
      pointer.slice(1).replaceAll("/", "."),
      oneLine(value),
      evidence === undefined ? "" : evidence.confidence.toFixed(2),
      evidence?.citations[0] === undefined ? "" : String(evidence.citations[0].page),
    ];
  });
  if (rows.length > 0) parts.push(table(["field", "value", "confidence", "page"], rows));
  parts.push(...remarks(line));
  return parts.join("\n");
}

function remarks(line: DocumentLine): string[] {
  const passed = line.checks.filter(({ verdict }) => verdict === "pass").length;
  const failed = line.checks.filter(({ verdict }) => verdict === "fail");
  const lines = failed.map(({ code, detail }) =>
    paint("yellow", `check ${code} failed: ${oneLine(detail, 200)}`),
  );
  lines.push(
    ...line.warnings.map(({ code, message }) => paint("yellow", `${code}: ${oneLine(message, 200)}`)),
  );
  if (passed > 0) lines.push(paint("dim", `${passed} of ${passed + failed.length} checks passed`));
  if (line.review?.required === true) lines.push(`review: ${line.review.reasons.join("; ")}`);
  return lines;
}
