import type { DocumentLine } from "./client/read-document.ts";
import type { Citation } from "../model/extraction.ts";
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
      placeOf(evidence?.citations[0]),
    ];
  });
  if (rows.length > 0) parts.push(table(["field", "value", "confidence", "place"], rows));
  parts.push(...remarks(line));
  for (const inside of line.documents ?? []) {
    parts.push(
      `\n${describe(inside)
        .split("\n")
        .map((row) => (row === "" ? row : `  ${row}`))
        .join("\n")}`,
    );
  }
  return parts.join("\n");
}

/** Where a value stands, in short: its page, or its place in the file's own structure. */
function placeOf(citation: Citation | undefined): string {
  if (!citation) return "";
  const { page, sheet, cell, field, header, xpath, attachment } = citation;
  if (cell !== undefined) return sheet === undefined ? cell : `${sheet}!${cell}`;
  if (page !== undefined) return String(page);
  return oneLine(header ?? field ?? xpath ?? attachment ?? "", 40);
}

function describeMember({ path, outcome, reason }: DocumentLine["members"][number]): string {
  const why = reason === null ? "" : `: ${oneLine(reason.message, 160)}`;
  return paint(
    outcome === "refused" ? "red" : "dim",
    `${oneLine(path, 80)}  ${outcome.replace("_", " ")}${why}`,
  );
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
  lines.push(...line.members.filter(({ outcome }) => outcome !== "document").map(describeMember));
  if (passed > 0) lines.push(paint("dim", `${passed} of ${passed + failed.length} checks passed`));
  if (line.review?.required === true) lines.push(`review: ${line.review.reasons.join("; ")}`);
  return lines;
}
