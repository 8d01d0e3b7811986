import type { DraftValue } from "../engine/draft.ts";
import { cite } from "../engine/evidence.ts";
import { type Piece, readConfidence, type Row, trimPiece, textOf, type View } from "../engine/view.ts";
import { foldedOf } from "./labelled.ts";

type Column = "test" | "value" | "unit" | "reference_range" | "flag";

const VALUE = String.raw`(?:[<>≤≥]\s?)?\d+(?:[.,]\d+)*(?:\s?(?:x|×)\s?10\^?\d+)?`;
const UNIT = String.raw`(?:%|‰|(?=[^\s\/]*\/[^\s]*[a-zµμ])[a-zµμ\d.^]{1,8}\/(?:[a-zµμ\d.^]{1,8})(?:\/[a-z\d.]+)?|mm\/h|fl|pg|sec(?:onds)?|s|ratio|mmhg|g%|mg%|u\/l|ph)`;
const RANGE = String.raw`(?:\(|\[)?(?:(?:[<>≤≥]|bis|up to|less than|<=|>=)\s?\d+(?:[.,]\d+)?|\d+(?:[.,]\d+)?\s?(?:-|–|to|bis|a)\s?\d+(?:[.,]\d+)?)(?:\)|\])?`;
const FLAG = String.raw`(?:h|l|hh|ll|high|low|normal|abnormal|critical|n|a|\*{1,2}|\+{1,3}|-{1,2}|↑{1,2}|↓{1,2}|hoch|niedrig|eleve|bas|alto|bajo)`;
const LINE = new RegExp(
  String.raw`^(?<test>[a-z][\p{L}\d ,.()/%+-]{1,45}?)\s*:?\s+(?<v>${VALUE})\s*(?<f1>${FLAG}(?=\s|$))?\s*(?<unit>${UNIT}(?=\s|$|[,;(\[]))?\s*(?<f2>${FLAG}(?=\s|$))?\s*(?:\(?(?:ref(?:erence)?\.?(?: range)?|normal|norm(?:al)?|vn|vr|nw)\s*:?)?\s*(?<range>${RANGE})?\s*(?<unit2>${UNIT}(?=\s|$|\)))?\)?\s*(?<f3>${FLAG})?\s*$`,
  "u",
);

interface Result {
  readonly cells: Partial<Record<Column, Piece>>;
}

/** Results of tests in lines without a header that names their columns: a name, a number, a unit, a range. */
export function draftLabResults(view: View): DraftValue[] {
  const results = view.rows.flatMap((row) => readRow(row) ?? []);
  // The line of a label and its value looks alike: results have a unit of their own and a range.
  const proven = results.filter(
    ({ cells }) => cells.unit !== undefined && cells.reference_range !== undefined,
  ).length;
  const kept = results.filter(
    ({ cells }) => cells.reference_range !== undefined || (proven >= 2 && cells.unit !== undefined),
  );
  if (proven < 1) return [];
  return kept.slice(0, 150).flatMap(({ cells }, index) =>
    Object.entries(cells).map(([column, piece]) => ({
      pointer: `/lab_results/${index}/${column}`,
      value: textOf(piece).replace(/^[([]|[)\]]$/g, ""),
      cited: [{ ...cite(piece), content: textOf(piece).replace(/^[([]|[)\]]$/g, "") }],
      confidence: 0.82 * readConfidence(piece),
    })),
  );
}

function readRow(row: Row): Result | null {
  const text = row.segments.map((segment) => foldedOf(segment)).join("  ");
  if (text.length > 160 || !/\d/.test(text)) return null;
  const match = LINE.exec(text);
  const groups = match?.groups;
  if (!match || !groups) return null;
  const cells: Partial<Record<Column, Piece>> = {};
  let at = 0;
  const place = (column: Column, part: string | undefined): void => {
    if (part === undefined || part.trim() === "") return;
    const start = text.indexOf(part, at);
    const piece = pieceAt(row, start, start + part.trimEnd().length);
    at = start + part.length;
    if (piece && !cells[column]) cells[column] = trimPiece(piece, /[\s:]/);
  };
  place("test", groups["test"]);
  place("value", groups["v"]);
  place("flag", groups["f1"]);
  place("unit", groups["unit"]);
  place("flag", groups["f2"]);
  place("reference_range", groups["range"]);
  place("unit", groups["unit2"]);
  place("flag", groups["f3"]);
  const vital =
    cells.test &&
    /^(?:bp|hr|rr|af|hf|pulse|pulso|puls|resp|vital|blutdruck|atem|herz|tension|presion|.*\b(?:date|birth|geb|datum|fecha|nac|dob|visit)\b|o2|gewicht|grose|poids|taille|peso|talla|blood pressure|heart|oxygen|temp|sp?o2|sa?t|o2 sat|weight|height|wt|ht|bmi|tel|phone|fax|ta|fc|fr)\b/.test(
      foldedOf(cells.test.segment).slice(cells.test.start),
    );
  return cells.test && cells.value && !vital ? { cells } : null;
}

/** The piece of the row's segment that an offset of its joined text lies in. */
function pieceAt(row: Row, start: number, end: number): Piece | null {
  let offset = 0;
  for (const segment of row.segments) {
    const behind = offset + segment.text.length;
    if (start < behind)
      return {
        segment,
        start: Math.max(0, start - offset),
        end: Math.min(segment.text.length, end - offset),
      };
    offset = behind + 2;
  }
  return null;
}
